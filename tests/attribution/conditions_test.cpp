#include "attribution/execution_of.hpp"
#include "support/catch.hpp"

using namespace tidemark;

namespace {

Attribution with_rules(std::vector<RuleConfig> rules) {
    return Attribution{AttributionConfig{.rules = std::move(rules)}};
}

RuleConfig rule(std::string name, std::optional<TaskOutcome> outcome = {}) {
    return {.name = std::move(name), .pattern = "^task (?P<task>.+)$", .outcome = outcome};
}

} // namespace

TEST_CASE("A rule narrowed to severities leaves other lines to the next") {
    RuleConfig errors = rule("errors", TaskOutcome::failed);
    errors.severities = {2, 3};
    const auto attribution = with_rules({errors, rule("all")});
    CHECK(attribution.mention("task x", {.severity = 2})->rule == "errors");
    CHECK(attribution.mention("task x", {.severity = 3})->rule == "errors");
    CHECK(attribution.mention("task x", {.severity = 1})->rule == "all");
    CHECK(attribution.mention("task x", {.severity = -2})->rule == "all");
}

TEST_CASE("A rule narrowed to jobs leaves other jobs' lines to the next") {
    RuleConfig of_prod = rule("prod");
    of_prod.job = "prod*";
    const auto attribution = with_rules({of_prod, rule("all")});
    CHECK(attribution.mention("task x", {.job = &prod})->rule == "prod");
    CHECK(attribution.mention("task x", {.job = &test_job})->rule == "all");
}

TEST_CASE("A rule can be narrowed to a job's id") {
    Job job{.name = "Nightly"};
    job.id.bytes[15] = 7;
    RuleConfig by_id = rule("id");
    by_id.job = "00000000-0000-0000-0000-000000000007";
    const auto attribution = with_rules({by_id});
    CHECK(attribution.mention("task x", {.job = &job}));
    CHECK_FALSE(attribution.mention("task x", {.job = &prod}));
}

TEST_CASE("What is not known of a line stands in no rule's way") {
    RuleConfig narrow = rule("narrow");
    narrow.severities = {2};
    narrow.job = "Prod*";
    const auto attribution = with_rules({narrow});
    CHECK(attribution.mention("task x"));
    CHECK_FALSE(attribution.mention("task x", {.severity = 1}));
    CHECK_FALSE(attribution.mention("task x", {.job = &test_job}));
}

TEST_CASE("The conditions hold for the lines of an execution") {
    RuleConfig errors = rule("errors", TaskOutcome::failed);
    errors.severities = {2};
    errors.job = "Prod*";
    const auto attribution = with_rules({errors, rule("named")});
    Execution execution = ended_execution({{1, "task x"}, {2, "task y"}});
    execution.logs[1].severity = 2;
    const auto runs = attribution.task_runs(execution, prod);
    REQUIRE(runs.size() == 2);
    CHECK(runs[0].rule == "named");
    CHECK(runs[1].rule == "errors");
    CHECK(runs[1].outcome == TaskOutcome::failed);
    CHECK(attribution.task_runs(execution, test_job)[1].rule == "named");
}

TEST_CASE("A run has the kind and the name of the rule that told its outcome") {
    RuleConfig named{.name = "named", .pattern = "^see (?P<task>.+)$"};
    RuleConfig ended = rule("ended", TaskOutcome::succeeded);
    ended.kind = TaskKind::import_metadata;
    const auto attribution = with_rules({named, ended});
    const auto runs = attribution.task_runs(
        ended_execution({{1, "see x"}, {2, "task x"}, {3, "see x"}, {4, "see y"}}), prod);
    REQUIRE(runs.size() == 2);
    CHECK(runs[0].rule == "ended");
    CHECK(runs[0].kind == TaskKind::import_metadata);
    CHECK(runs[1].rule == "named");
    CHECK(runs[1].kind == TaskKind::transfer);
}

TEST_CASE("Kinds of tasks are told by their own words") {
    for (const std::string& text : task_kinds()) {
        CAPTURE(text);
        CHECK(to_text(task_kind_from_text(text).value()) == text);
    }
    CHECK(task_kinds().size() == 5);
    CHECK_FALSE(task_kind_from_text("Transfer"));
}
