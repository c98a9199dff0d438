#include "docs/pages.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"

#include <filesystem>
#include <regex>
#include <set>

namespace fs = std::filesystem;
using namespace tidemark::test;

namespace {

const std::string tests = TIDEMARK_REPOSITORY "/tests";

/// The names of all tests, put together where they stand on several lines.
std::set<std::string> test_names() {
    const std::regex test_case(R"re(TEST_CASE\(\s*((?:"[^"]*"\s*)+))re");
    const std::regex seam(R"re("\s*")re");
    std::set<std::string> names;
    for (const auto& file : fs::recursive_directory_iterator(tests)) {
        if (file.path().extension() != ".cpp") continue;
        const std::string code = read_file(file.path());
        for (std::sregex_iterator match(code.begin(), code.end(), test_case), last; match != last;
             ++match) {
            const std::string joined = std::regex_replace((*match)[1].str(), seam, "");
            names.insert(joined.substr(1, joined.rfind('"') - 1));
        }
    }
    return names;
}

} // namespace

TEST_CASE("every accident of the list has a test of that name, and every saved one is on it") {
    const auto names = test_names();
    CHECK(names.size() > 500);
    const std::string page = read_file(tests + "/cases/README.md");
    const auto rows = table_rows(page);
    CHECK(rows.size() > 45);
    for (const auto& row : rows) {
        REQUIRE(row.size() == 2);
        CAPTURE(row);
        CHECK(names.contains(row[1].substr(1, row[1].size() - 2)));
    }
    for (const auto& entry : fs::directory_iterator(tests + "/cases")) {
        if (!entry.is_directory()) continue;
        const std::string saved = entry.path().filename().string();
        CAPTURE(saved);
        CHECK(page.find(saved.starts_with("bi-") ? saved.substr(3) : saved) != std::string::npos);
    }
}
