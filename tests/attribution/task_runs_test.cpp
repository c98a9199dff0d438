#include "attribution/execution_of.hpp"
#include "support/catch.hpp"

#include <algorithm>

using tidemark::Attribution;
using tidemark::Execution;
using tidemark::TaskOutcome;
using tidemark::TaskRun;

namespace {

const std::string start_a = "Executing transfer task 'A'";
const std::string success_a = "Transfer task 'A' completed, 10 rows";
const std::string failure_a = "Transfer task 'A' failed with error: disk full";

std::vector<TaskRun> runs_of(const Execution& execution) {
    return Attribution{sample_rules()}.task_runs(execution, {});
}

TaskRun only_run(const Execution& execution) {
    const auto runs = runs_of(execution);
    REQUIRE(runs.size() == 1);
    return runs.front();
}

} // namespace

TEST_CASE("A task that started and succeeded is one run with all that was said of it") {
    const TaskRun run = only_run(
        ended_execution({{1, "Job execution started"},
                         {2, "Executing transfer task 'Navision - Full load'"},
                         {3, "Table [dbo].[Customer_13] transferred in 8613 ms"},
                         {5, "Transfer task 'Navision - Full load' completed, 1,234 rows"}}));
    CHECK(run == TaskRun{.task = "Navision - Full load",
                         .source = "Navision",
                         .attributed_by = "convention '^(?P<source>.+?) - '",
                         .started_at = at(2),
                         .ended_at = at(5),
                         .outcome = TaskOutcome::succeeded,
                         .last_succeeded_at = at(5),
                         .attempts = 1,
                         .row_count = 1234,
                         .rule = "succeeded",
                         .heard_at = at(5)});
}

TEST_CASE("A task that failed keeps the error and has no success") {
    const TaskRun run = only_run(ended_execution({{1, start_a}, {2, failure_a}}));
    CHECK(run == TaskRun{.task = "A",
                         .attributed_by = "none",
                         .started_at = at(1),
                         .ended_at = at(2),
                         .outcome = TaskOutcome::failed,
                         .attempts = 1,
                         .error_message = "disk full",
                         .rule = "failed",
                         .heard_at = at(2)});
}

TEST_CASE("A failed message without an error group is the error") {
    CHECK(only_run(ended_execution({{1, "Transfer task 'A' crashed at night"}})).error_message ==
          "Transfer task 'A' crashed at night");
    CHECK(only_run(ended_execution({{1, "Transfer task 'A' failed with error: "}})).error_message ==
          "Transfer task 'A' failed with error: ");
}

TEST_CASE("An execution without messages of a task has no task runs") {
    CHECK(runs_of(ended_execution({})).empty());
    Execution silent = ended_execution({{1, "Job execution started"}, {2, start_a}});
    silent.logs.back().message.reset();
    CHECK(runs_of(silent).empty());
}

TEST_CASE("A retry after a failure is two attempts, and the error is forgotten") {
    const TaskRun run =
        only_run(ended_execution({{1, start_a}, {2, failure_a}, {3, start_a}, {4, success_a}}));
    CHECK(run.outcome == TaskOutcome::succeeded);
    CHECK(run.attempts == 2);
    CHECK(run.started_at == at(1));
    CHECK(run.ended_at == at(4));
    CHECK(run.last_succeeded_at == at(4));
    CHECK_FALSE(run.error_message);
}

TEST_CASE("A failure after a success keeps the success's time and rows") {
    const TaskRun run =
        only_run(ended_execution({{1, start_a}, {2, success_a}, {3, start_a}, {4, failure_a}}));
    CHECK(run.outcome == TaskOutcome::failed);
    CHECK(run.last_succeeded_at == at(2));
    CHECK(run.row_count == 10);
    CHECK(run.error_message == "disk full");
}

TEST_CASE("The error is that of the last failure") {
    CHECK(only_run(ended_execution(
                       {{1, failure_a}, {2, "Transfer task 'A' failed with error: timeout"}}))
              .error_message == "timeout");
}

TEST_CASE("The rows are those of the last success that told any") {
    CHECK(only_run(ended_execution({{1, success_a},
                                    {2, "Transfer task 'A' completed, 20 rows"},
                                    {3, "Transfer task 'A' completed, some rows"}}))
              .row_count == 20);
}

TEST_CASE("A run without a start has no beginning, and each of its ends is an attempt") {
    const TaskRun run = only_run(ended_execution({{1, failure_a}, {2, success_a}}));
    CHECK_FALSE(run.started_at);
    CHECK(run.ended_at == at(2));
    CHECK(run.attempts == 2);
}

TEST_CASE("An end before the first start is an attempt of its own") {
    const TaskRun run = only_run(ended_execution({{1, failure_a}, {2, start_a}, {3, success_a}}));
    CHECK(run.attempts == 2);
    CHECK(run.started_at == at(2));
}

TEST_CASE("A task that was started again in an open execution is started and has no end") {
    const TaskRun run = only_run(open_execution({{1, start_a}, {2, failure_a}, {3, start_a}}));
    CHECK(run.outcome == TaskOutcome::started);
    CHECK(run.attempts == 2);
    CHECK_FALSE(run.ended_at);
    CHECK_FALSE(run.error_message);
}

TEST_CASE("A task that was only started stays started when its execution has ended") {
    CHECK(only_run(open_execution({{1, start_a}})).outcome == TaskOutcome::started);
    CHECK(only_run(ended_execution({{1, start_a}})).outcome == TaskOutcome::started);
}

TEST_CASE("A task is still started while its execution says that it runs, whatever its end says") {
    Execution execution = open_execution({{1, start_a}});
    execution.ended_at = at(9);
    CHECK(only_run(execution).outcome == TaskOutcome::started);
    execution.state = tidemark::State::unknown;
    CHECK(only_run(execution).outcome == TaskOutcome::started);
    execution.ended_at.reset();
    CHECK(only_run(execution).outcome == TaskOutcome::started);
}

TEST_CASE("A message that only names a task changes nothing of its run but when it was heard of") {
    TaskRun run = only_run(
        ended_execution({{1, start_a}, {2, success_a}, {3, "Waiting for 'A' to be cleaned up"}}));
    CHECK(run.heard_at == at(3));
    run.heard_at = at(2);
    CHECK(run == only_run(ended_execution({{1, start_a}, {2, success_a}})));
}

TEST_CASE("A task that is only named has a run of unknown outcome without attempts") {
    const TaskRun run = only_run(ended_execution({{1, "Waiting for 'A - x'"}}));
    CHECK(run.outcome == TaskOutcome::unknown);
    CHECK(run.source == "A");
    CHECK(run.attempts == 0);
    CHECK_FALSE(run.started_at);
    CHECK_FALSE(run.ended_at);
    CHECK(only_run(open_execution({{1, "Waiting for 'A - x'"}})).outcome == TaskOutcome::unknown);
}

TEST_CASE("Interleaved tasks are told apart, in the order in which they were heard of") {
    const auto runs = runs_of(ended_execution({{1, "Executing transfer task 'B - x'"},
                                               {2, start_a},
                                               {3, "Executing transfer task 'xfer-07'"},
                                               {4, failure_a},
                                               {5, "Transfer task 'xfer-07' completed, 7 rows"},
                                               {6, "Transfer task 'B - x' completed, 8 rows"}}));
    REQUIRE(runs.size() == 3);
    CHECK(runs[0].task == "B - x");
    CHECK(runs[0].row_count == 8);
    CHECK(runs[1].task == "A");
    CHECK(runs[1].outcome == TaskOutcome::failed);
    CHECK(runs[2].source == "Warehouse scanners");
    CHECK(runs[2].attributed_by == "explicit");
}

TEST_CASE("The same task under two sources is two runs") {
    const auto runs = runs_of(ended_execution({{1, "[CRM] start Import Metadata"},
                                               {2, "[SAP] start Import Metadata"},
                                               {3, "[SAP] done Import Metadata"}}));
    REQUIRE(runs.size() == 2);
    CHECK(runs[0].source == "CRM");
    CHECK(runs[0].outcome == TaskOutcome::started);
    CHECK(runs[1].source == "SAP");
    CHECK(runs[1].outcome == TaskOutcome::succeeded);
    CHECK(runs[1].attributed_by == "message");
}

TEST_CASE("Two wordings that lead to the same source are one run") {
    CHECK(only_run(
              ended_execution({{1, "[CRM] start Load_GL_Nightly"}, {2, "[] done Load_GL_Nightly"}}))
              .outcome == TaskOutcome::succeeded);
    const TaskRun run = only_run(
        ended_execution({{1, "Executing transfer task 'CRM - x'"}, {2, "[CRM] done CRM - x"}}));
    CHECK(run.outcome == TaskOutcome::succeeded);
    CHECK(run.attributed_by == "convention '^(?P<source>.+?) - '");
}

TEST_CASE("A start and an end at the same moment are one attempt, in whichever order") {
    const TaskRun run = only_run(ended_execution({{1, success_a}, {1, start_a}}));
    CHECK(run.outcome == TaskOutcome::succeeded);
    CHECK(run.attempts == 1);
    CHECK(run.started_at == at(1));
    CHECK(run.ended_at == at(1));
}

TEST_CASE("A start at the moment of a told attempt's end is another attempt") {
    const TaskRun run = only_run(ended_execution({{1, start_a}, {2, success_a}, {2, start_a}}));
    CHECK(run.outcome == TaskOutcome::started);
    CHECK(run.attempts == 2);
    CHECK(run.last_succeeded_at == at(2));
    CHECK_FALSE(run.ended_at);
}

TEST_CASE("Two ends at the same moment stand in the order of their lines") {
    CHECK(only_run(ended_execution({{1, success_a}, {1, failure_a}})).outcome ==
          TaskOutcome::failed);
    CHECK(only_run(ended_execution({{1, failure_a}, {1, success_a}})).outcome ==
          TaskOutcome::succeeded);
}

TEST_CASE("Lines that come newest first tell the same") {
    Execution execution = ended_execution({{1, start_a},
                                           {2, "Executing transfer task 'B'"},
                                           {3, failure_a},
                                           {3, start_a},
                                           {5, success_a}});
    const auto runs = runs_of(execution);
    CHECK(runs.front().attempts == 2);
    std::reverse(execution.logs.begin(), execution.logs.end());
    tidemark::normalize(execution);
    CHECK(runs_of(execution) == runs);
}

TEST_CASE("An attribution can be moved and used again and again") {
    Attribution first{sample_rules()};
    const Attribution moved{std::move(first)};
    const Execution execution = ended_execution({{1, start_a}, {2, success_a}});
    CHECK(moved.task_runs(execution, {}) == moved.task_runs(execution, {}));
}

TEST_CASE("A task that is only named has the end of its execution once that is completed") {
    const std::string named = "Waiting for 'A'";
    CHECK(only_run(ended_execution({{1, named}})).completed_at == at(1000));
    CHECK_FALSE(only_run(open_execution({{1, named}})).completed_at);
    Execution failed = ended_execution({{1, named}});
    failed.state = tidemark::State::failed;
    CHECK_FALSE(only_run(failed).completed_at);
    Execution without_end = ended_execution({{1, named}});
    without_end.ended_at.reset();
    CHECK_FALSE(only_run(without_end).completed_at);
}

TEST_CASE("A task that is only started has the end of its execution once that is completed") {
    CHECK(only_run(ended_execution({{1, "Waiting for 'A'"}, {2, start_a}})).completed_at ==
          at(1000));
}

TEST_CASE("A task that any message told an end of does not have the end of its execution") {
    CHECK_FALSE(
        only_run(ended_execution({{1, start_a}, {2, failure_a}, {3, start_a}})).completed_at);
    CHECK_FALSE(only_run(ended_execution({{1, start_a}, {2, failure_a}})).completed_at);
}

TEST_CASE("A run whose start nobody told began when its message says") {
    const Attribution attribution{tidemark::AttributionConfig{
        .rules = {{"end", "^(?P<task>\\w+) took (?P<seconds>\\S+) s$", TaskOutcome::succeeded},
                  {"start", "^(?P<task>\\w+) begins$", TaskOutcome::started}}}};
    const auto runs = attribution.task_runs(
        ended_execution(
            {{10, "A took 4 s"}, {20, "A took 5 s"}, {30, "B begins"}, {39, "B took 5 s"}}),
        {});
    REQUIRE(runs.size() == 2);
    CHECK(runs[0].started_at == at(6));
    CHECK(runs[0].attempts == 2);
    CHECK(runs[1].started_at == at(30));
    CHECK(runs[1].attempts == 1);
}

TEST_CASE(
    "A transfer task and an execution package of one name are two runs where a source parts them") {
    using tidemark::TaskKind;
    tidemark::AttributionConfig config{
        .rules = {{"package", "^package (?P<task>.+)$", TaskOutcome::succeeded},
                  {"task", "^task (?P<task>.+)$", TaskOutcome::failed}},
        .conventions = {{"^(?P<source>.+?) - "}}};
    config.rules[0].kind = TaskKind::execution_package;
    const auto runs = Attribution{config}.task_runs(
        ended_execution({{1, "package SAP - all"}, {2, "task SAP - all"}}), {});
    REQUIRE(runs.size() == 2);
    CHECK_FALSE(runs[0].source);
    CHECK(runs[0].kind == TaskKind::execution_package);
    CHECK(runs[1].source == "SAP");
    CHECK(runs[1].outcome == TaskOutcome::failed);
}
