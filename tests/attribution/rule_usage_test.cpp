#include "attribution/rule_checks.hpp"
#include "support/catch.hpp"

using namespace tidemark;

namespace {

AttributionConfig three_rules() {
    return {.rules = {{.name = "wide", .pattern = "^task (?P<task>.+)"},
                      {.name = "narrow", .pattern = "^task (?P<task>\\w+) ended"},
                      {.name = "other", .pattern = "^job (?P<task>.+)"}}};
}

} // namespace

TEST_CASE("A rule that matches nothing is unused, one whose messages go to another is shadowed") {
    RuleUsage usage(three_rules());
    usage.observe("task x ended", {}, 3);
    usage.observe("task x began", {});
    CHECK(usage.messages() == 4);
    const auto uses = usage.uses();
    REQUIRE(uses.size() == 3);
    CHECK(uses[0].matches == 4);
    CHECK(uses[0].decides == 4);
    CHECK_FALSE(uses[0].is_shadowed());
    CHECK(uses[1].rule == "narrow");
    CHECK(uses[1].matches == 3);
    CHECK(uses[1].is_shadowed());
    CHECK(uses[1].shadowed_by == "wide");
    CHECK_FALSE(uses[1].is_unused());
    CHECK(uses[2].is_unused());
    CHECK_FALSE(uses[2].is_shadowed());
}

TEST_CASE("A rule that decides anything is not shadowed") {
    AttributionConfig config = three_rules();
    std::swap(config.rules[0], config.rules[1]);
    RuleUsage usage(config);
    usage.observe("task x ended", {});
    usage.observe("task x began", {});
    CHECK(usage.uses()[1].matches == 2);
    CHECK(usage.uses()[1].decides == 1);
    CHECK_FALSE(usage.uses()[1].is_shadowed());
}

TEST_CASE("A rule takes only messages that its conditions hold for") {
    AttributionConfig config = three_rules();
    config.rules[0].severities = {2};
    config.rules[1].job = "Prod*";
    const Job test{.name = "Test"};
    RuleUsage usage(config);
    usage.observe("task x ended", {.job = &test, .severity = 1});
    CHECK(usage.uses()[0].is_unused());
    CHECK(usage.uses()[1].is_unused());
    usage.observe("task x ended", {.severity = 1});
    CHECK(usage.uses()[1].decides == 1);
}
