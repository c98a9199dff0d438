#include "fuzz/targets.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"

#include <filesystem>
#include <map>

using namespace tidemark;
using tidemark::test::read_file;

TEST_CASE("every seed holds what its fuzz target asks of any input", "[fuzz]") {
    const std::map<std::string, void (*)(std::string_view)> targets{
        {"split_body", fuzz::split_body},
        {"read_execution", fuzz::read_execution},
        {"read_time", fuzz::read_time},
        {"read_config", fuzz::read_config},
        {"apply_rules", fuzz::apply_rules}};
    for (const auto& [name, run] : targets) {
        int seeds = 0;
        const std::string folder = TIDEMARK_REPOSITORY "/tests/fuzz/corpus/" + name;
        for (const auto& seed : std::filesystem::directory_iterator(folder)) {
            INFO(seed.path());
            CHECK_NOTHROW(run(read_file(seed.path())));
            ++seeds;
        }
        INFO(name);
        CHECK(seeds > 2);
    }
}
