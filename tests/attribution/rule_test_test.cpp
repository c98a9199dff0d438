#include "attribution/execution_of.hpp"
#include "attribution/rule_checks.hpp"
#include "support/catch.hpp"

using namespace tidemark;
using Lines = std::vector<std::string>;

namespace {

/// What the sample rules make of one test: its differences.
Lines differences(AttributionTest expected, AttributionConfig config = sample_rules()) {
    config.tests = {std::move(expected)};
    const auto failures = failed_tests(config);
    return failures.empty() ? Lines{} : failures.front().differences;
}

const std::string done = "Transfer task 'CRM - x' completed, 12 rows";

} // namespace

TEST_CASE("A test passes when all that it expects is so, whatever else is") {
    CHECK(differences({.message = done}).empty());
    CHECK(differences({.message = done,
                       .task = "CRM - x",
                       .source = "CRM",
                       .outcome = TaskOutcome::succeeded,
                       .rows = 12,
                       .kind = TaskKind::transfer})
              .empty());
    CHECK(differences({.message = "Job execution started", .matches = false}).empty());
    CHECK(differences({.message = "Waiting for 'Import Metadata'", .source = ""}).empty());
}

TEST_CASE("Each difference of a test is told as expected and got") {
    CHECK(
        differences({.message = done,
                     .task = "CRM",
                     .source = "SAP",
                     .outcome = TaskOutcome::failed,
                     .rows = 13,
                     .kind = TaskKind::synchronize}) ==
        Lines{
            "task: expected 'CRM', got 'CRM - x'", "outcome: expected 'failed', got 'succeeded'",
            "rows: expected 13, got 12", "kind: expected 'synchronize', got 'transfer'",
            "source: expected 'SAP', got 'CRM' (attributed by: convention '^(?P<source>.+?) - ')"});
    CHECK(differences({.message = "Waiting for 'x'",
                       .source = "SAP",
                       .outcome = TaskOutcome::failed,
                       .rows = 1}) ==
          Lines{"outcome: expected 'failed', got none, the rule only names the task",
                "rows: expected 1, got none",
                "source: expected 'SAP', got no data source (attributed by: none)"});
}

TEST_CASE("A message that must match and does not, or the other way round, is told") {
    CHECK(differences({.message = "Job execution started", .task = "x"}) ==
          Lines{"no rule matches it"});
    CHECK(differences({.message = done, .matches = false}) ==
          Lines{"no rule may match it, but it names the task 'CRM - x'"});
}

TEST_CASE("A test may say of which job and severity its message is") {
    AttributionConfig config = sample_rules();
    config.rules[1].severities = {2};
    config.sources = {{"CRM - x", "Prod CRM", "Prod*"}, {"CRM - x", "Test CRM", "Test*"}};
    CHECK(differences({.message = done, .job = "Prod load", .source = "Prod CRM"}, config).empty());
    CHECK(differences({.message = done, .source = "Prod CRM"}, config) ==
          Lines{"source: expected 'Prod CRM', got no data source (attributed by: ambiguous: 'Prod "
                "CRM' or 'Test CRM')"});
    CHECK(differences({.message = done, .severity = 1, .matches = false}, config).empty());
    CHECK(differences({.message = done, .severity = 2}, config).empty());
}

TEST_CASE("A failed test names the rule that matched, and the others are told too") {
    AttributionConfig config = sample_rules();
    config.tests = {{.message = done, .rows = 1, .line = 7},
                    {.message = done},
                    {.message = "nothing", .line = 9}};
    const auto failures = failed_tests(config);
    REQUIRE(failures.size() == 2);
    CHECK(failures[0].test->line == 7);
    CHECK(failures[0].matched == "succeeded");
    CHECK(failures[1].test->line == 9);
    CHECK(failures[1].matched.empty());
}
