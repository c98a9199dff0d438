#include "attribution/execution_of.hpp"
#include "attribution/fingerprint.hpp"
#include "support/catch.hpp"

#include <set>

using namespace tidemark;

namespace {

std::string changed(void (*change)(AttributionConfig&)) {
    AttributionConfig config = sample_rules();
    config.known = {{"SAP ERP", {"SAP"}}};
    change(config);
    return fingerprint(config);
}

} // namespace

TEST_CASE("The same rules have the same fingerprint, wherever they stand in the file") {
    const std::string before = changed([](auto&) {});
    CHECK(before.size() == 16);
    CHECK(changed([](auto& config) { config.rules[0].line = 77; }) == before);
    CHECK(changed([](auto& config) { std::swap(config.sources[0], config.sources[1]); }) == before);
    CHECK(changed([](auto& config) { config.tests.push_back({.message = "x"}); }) == before);
}

TEST_CASE("Whatever decides an attribution changes the fingerprint") {
    const std::string before = changed([](auto&) {});
    std::set<std::string> all{before};
    for (const auto change : std::vector<void (*)(AttributionConfig&)>{
             [](auto& config) { config.rules[0].pattern += "x"; },
             [](auto& config) { config.rules[0].name += "x"; },
             [](auto& config) { config.rules[0].outcome.reset(); },
             [](auto& config) { config.rules[0].severities = {1}; },
             [](auto& config) {
                 config.rules[0].severities = {1, 2};
             },
             [](auto& config) { config.rules[0].job = "x"; },
             [](auto& config) { config.rules[0].job = ""; },
             [](auto& config) { config.rules[0].kind = TaskKind::synchronize; },
             [](auto& config) { std::swap(config.rules[0], config.rules[1]); },
             [](auto& config) { config.rules.pop_back(); },
             [](auto& config) { config.sources[0].task += "x"; },
             [](auto& config) { config.sources[0].source += "x"; },
             [](auto& config) { config.sources[0].job = "x"; },
             [](auto& config) { config.conventions.pop_back(); },
             [](auto& config) { std::swap(config.conventions[0], config.conventions[1]); },
             [](auto& config) { config.known[0].short_names.push_back("x"); },
             [](auto& config) {
                 config.known.push_back({"SAP", {}});
             },
             [](auto& config) {
                 config.known = {{"SAP ERP", {}}, {"SAP", {}}};
             }}) {
        all.insert(changed(change));
    }
    CHECK(all.size() == 19);
}
