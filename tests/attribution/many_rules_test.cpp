#include "attribution/execution_of.hpp"
#include "attribution/rule_checks.hpp"
#include "support/catch.hpp"

#include <fmt/format.h>

using namespace tidemark;

namespace {

/// Rules that begin alike: number 7 reads task 7, and one in ten only severity 3 or jobs of Prod.
AttributionConfig alike(int count) {
    AttributionConfig config;
    for (int i = 0; i < count; ++i) {
        RuleConfig rule{.name = fmt::format("rule {}", i),
                        .pattern = fmt::format("^Transfer task '(?P<task>Load {} .*)' done$", i)};
        if (i % 10 == 3) rule.severities = {3};
        if (i % 10 == 4) rule.job = "prod*";
        config.rules.push_back(rule);
    }
    config.rules.push_back({.name = "any", .pattern = "^Transfer task '(?P<task>.+)'"});
    config.rules.push_back({.name = "never", .pattern = "task '(?P<task>.+)' done"});
    return config;
}

std::string rule_of(const Attribution& attribution, const std::string& message,
                    const LineContext& context = {}) {
    const auto mention = attribution.mention(message, context);
    return mention ? std::string{mention->rule} : "";
}

} // namespace

TEST_CASE("The first of many rules decides as the first of few does") {
    const int count = GENERATE(5, 500);
    const Attribution attribution{alike(count)};
    CHECK(rule_of(attribution, "Transfer task 'Load 2 x' done") == "rule 2");
    CHECK(rule_of(attribution, "Transfer task 'Load 2 x' failed") == "any");
    CHECK(rule_of(attribution, "a task 'Load 2 x' done") == "never");
    CHECK(rule_of(attribution, "nothing of this") == "");
    CHECK(rule_of(attribution, "Transfer task 'Load 3 x' done", {.severity = 3}) == "rule 3");
    CHECK(rule_of(attribution, "Transfer task 'Load 3 x' done", {.severity = 1}) == "any");
    CHECK(rule_of(attribution, "Transfer task 'Load 4 x' done", {.job = &prod}) == "rule 4");
    CHECK(rule_of(attribution, "Transfer task 'Load 4 x' done", {.job = &test_job}) == "any");
    CHECK(attribution.mention("Transfer task 'Load 2 x' done")->task == "Load 2 x");
}

TEST_CASE("Which of many rules are shadowed is told as of few") {
    const int count = GENERATE(5, 500);
    RuleUsage usage{alike(count)};
    usage.observe("Transfer task 'Load 2 x' done", {}, 7);
    const auto uses = usage.uses();
    const auto& any = uses[static_cast<std::size_t>(count)];
    CHECK(uses[2].decides == 7);
    CHECK(any.matches == 7);
    CHECK(any.decides == 0);
    CHECK(any.shadowed_by == "rule 2");
    CHECK(uses.back().shadowed_by == "rule 2");
    CHECK(uses[1].shadowed_by.empty());
}

TEST_CASE("Each of ten thousand rules that begin alike is found") {
    const Attribution attribution{alike(10'000)};
    for (int number = 0; number < 10'000; number += 500) {
        CHECK(rule_of(attribution, fmt::format("Transfer task 'Load {} x' done", number)) ==
              fmt::format("rule {}", number));
    }
}
