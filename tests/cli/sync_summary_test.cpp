#include "cli/sync_summary.hpp"
#include "support/catch.hpp"

using namespace tidemark;

namespace {

using Lines = std::vector<std::string>;

/// A sync of this one job.
SyncReport report_of(JobReport job) {
    job.name = "Nightly";
    SyncReport report;
    report.counts = job.counts;
    report.jobs.push_back(std::move(job));
    return report;
}

/// What the summary says behind its headline.
Lines after_headline(const SyncReport& report) {
    Lines lines = summary_of(report, 1);
    CHECK_THAT(lines.front(), ContainsSubstring("tidemark: synced"));
    lines.erase(lines.begin());
    return lines;
}

} // namespace

TEST_CASE("the summary of a sync has a line for all that needs attention") {
    const Timestamp day = Timestamp{} + std::chrono::days{20000};
    CHECK(after_headline(report_of({})).empty());
    CHECK(after_headline(report_of({.error = "HTTP \x1b[2J 500"})).at(0) ==
          "tidemark: job 'Nightly' failed: HTTP \\x1b[2J 500");
    CHECK(after_headline(report_of({.counts = {.rejected = 2}})).at(0) ==
          "tidemark: job 'Nightly' had 2 new records that could not be loaded; see 'tidemark query "
          "rejected_records'");
    CHECK(after_headline(report_of({.missing = Span{day, day + std::chrono::hours{3}}})).at(0) ==
          "tidemark: job 'Nightly' lacks its history between 2024-10-04 00:00:00.000000 and "
          "2024-10-04 03:00:00.000000 (UTC): the API dropped it before it was loaded");
    CHECK(after_headline(report_of({.lost = 1})).at(0) ==
          "tidemark: job 'Nightly' lost 1 execution: still open when last seen, and gone from the "
          "API");
    CHECK(
        after_headline(report_of({.abandoned = 3})).at(0) ==
        "tidemark: job 'Nightly' has 3 executions that never ended; the watermark waits no longer");
    CHECK(after_headline(report_of({.order_broken = true})).at(0) ==
          "tidemark: job 'Nightly' no longer sends its newest executions first; its body was read "
          "whole");
}

TEST_CASE("the summary tells what the sync made of states, rules and the list of jobs") {
    SyncReport report = report_of({});
    report.missing_jobs = {"Weekly"};
    report.states_contradicted = "an execution of state 2 has no end";
    report.outdated = {.executions = 7, .rules = true};
    const Lines lines = after_headline(report);
    REQUIRE(lines.size() == 3);
    CHECK(lines[0] == "tidemark: job 'Weekly' is gone from the API; its history is kept");
    CHECK_THAT(lines[1], ContainsSubstring("an execution of state 2 has no end"));
    CHECK_THAT(lines[2], ContainsSubstring("'tidemark attribute --dry-run' shows"));

    report = report_of({});
    report.wording_changes = {{"Nightly", "Task <name> done", std::string(150, 'x'), Timestamp{}},
                              {"Weekly", "a", "b", Timestamp{}}};
    CHECK(
        after_headline(report).at(0) ==
        "tidemark: the wording seems to have changed: job 'Nightly' and 1 other job logged no "
        "'Task <name> done' any more, and '" +
            std::string(100, 'x') +
            "…' is new, which no rule takes an outcome from; 'tidemark messages --learn' proposes "
            "rules");
    CHECK(outcome_of(report) == SyncOutcome::partial);

    report = report_of({});
    report.reattributed = AttributionChanges{.executions = 10, .rewritten = 4};
    CHECK(
        after_headline(report).at(0) ==
        "tidemark: applied today's configuration: of 10 executions the task runs of 4 changed, the "
        "state of 0 and the day of 0");

    report.implausible_list = "not one job is known";
    CHECK(summary_of(report, 1).front() == "tidemark: not one job is known");
}
