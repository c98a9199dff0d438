#include "cases/loads.hpp"
#include "cli/sync_summary.hpp"
#include "support/catch.hpp"
#include "support/one_job.hpp"

#include <algorithm>

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// A world of a case, at the time when that was tried; its bodies know two wordings.
struct CaseWorld : SyncWorld {
    CaseWorld(std::string_view backend, const std::string& folder) : SyncWorld(backend) {
        set_world_clock("2026-11-28 06:00:00");
        config.attribution.rules = {
            {"completed", "^Transfer task '(?P<task>.+)' completed", TaskOutcome::succeeded},
            {"failed", "^Transfer task '(?P<task>.+)' failed", TaskOutcome::failed},
        };
        config.freshness.by_default = std::chrono::hours{26};
        source = saved_bodies("cases/" + folder);
    }
};

std::int64_t doubted(const SyncReport& report) {
    std::int64_t found = 0;
    for (const JobReport& job : report.jobs)
        found += job.doubtful;
    return found;
}

/// An execution of today whose end, and the last line, are dated a year ahead.
BodyExecution ahead(unsigned id) {
    BodyExecution execution = ended(id, "2026-10-08");
    execution.ended = "2027-10-08T03:10:00";
    return execution;
}

} // namespace

TEST_CASE("a success that is dated a year ahead hides no lateness, neither now nor next year") {
    const auto* backend = GENERATE("sqlite", "postgres");
    CaseWorld world(backend, "future-success-hides-lateness/night1");
    const SyncReport report = world.sync();
    CHECK(doubted(report) == 1);
    CHECK(report.outcome == SyncOutcome::succeeded);
    const auto crm = [&] { return world.rows("last_successful_load").at(0); };
    CHECK(crm().text("last_success_at_utc").empty());
    CHECK(crm().text("last_outcome") == "failed");
    CHECK(crm().text("is_late") == "1");
    const auto late = world.dump("late_sources");
    CHECK(std::any_of(late.begin(), late.end(), [](const std::string& line) {
        return line.find("data_source=CRM;") != std::string::npos;
    }));
    CHECK(world.rows("doubtful_executions").size() == 1);
    CHECK(world.damage().empty());

    const auto lines = world.dump("execution_log");
    CHECK(std::any_of(lines.begin(), lines.end(), [](const std::string& line) {
        return line.find("logged_at=2027-11-01 03:01:00.000000") != std::string::npos;
    }));

    CHECK(doubted(world.sync()) == 0); // it is said once
    set_world_clock("2028-01-01 06:00:00");
    world.sync({.full = true, .reattribute = true});
    CHECK(crm().text("last_success_at_utc").empty());
    CHECK(crm().text("is_late") == "1");
}

TEST_CASE("what was doubted once is doubted when its execution grows after its time has come") {
    OneJob world({}, GENERATE("sqlite", "postgres"));
    BodyExecution odd = running(1, "2026-10-11"); // two days ahead
    odd.messages = a_load;
    world.set({odd});
    CHECK(doubted(world.sync()) == 1);
    set_world_clock("2026-10-20 06:00:00");
    odd.messages.emplace_back("Transfer task 'ERP - Other' completed, 5 rows");
    world.set({odd});
    CHECK(doubted(world.sync()) == 0);
    for (const Row& run : world.rows("task_run"))
        CHECK(run.text("last_succeeded_at").empty());
    CHECK(world.rows("task_run").size() == 2);
    CHECK(world.damage().empty());
}

TEST_CASE("the tolerance of clocks is configured, and what it allows is no negative age") {
    OneJob world({ended(1, "2026-10-11")}, GENERATE("sqlite", "postgres"));
    world.config.source.clock_tolerance = std::chrono::days{3};
    CHECK(doubted(world.sync()) == 0);
    CHECK(world.rows("task_run").at(0).text("last_succeeded_at") == "2026-10-11 03:00:01.000000");
    world.execute("UPDATE task_run SET last_succeeded_at = '2999-01-01 00:00:00.000000'");
    CHECK(std::stod(world.rows("last_successful_load").at(0).text("age_hours")) == 0.0);
}

TEST_CASE("a doubtful execution is neither the job's last run nor a part of its durations") {
    OneJob world({ended(1, "2026-10-07"), ahead(2), ended(3, "2027-10-08")},
                 GENERATE("sqlite", "postgres"));
    CHECK(doubted(world.sync()) == 2);
    const Row job = world.rows("jobs").at(0);
    CHECK(job.text("last_run_at_utc") == "2026-10-08 03:00:00.000000");
    CHECK(job.text("executions") == "3");
    std::vector<std::string> durations;
    for (const Row& row : world.rows("execution"))
        durations.push_back(row.text("duration_ms"));
    std::sort(durations.begin(), durations.end());
    CHECK(durations == std::vector<std::string>{"", "", "600000"});
    CHECK(world.damage().empty());
}

TEST_CASE("lines that are dated ahead make no other message look old") {
    OneJob world({ended(1, "2027-10-08")}, GENERATE("sqlite", "postgres"));
    world.sync();
    for (const Row& shape : world.rows("message_shape"))
        CHECK(shape.text("last_seen_at") == "2026-10-10 06:00:00.000000");
    CHECK(world.rows("message_shape").size() == 2);
}

TEST_CASE("lines that are dated ahead make no new message of the last day look old") {
    OneJob world({}, GENERATE("sqlite", "postgres"));
    set_world_clock("2026-10-09 06:00:00");
    const auto at = [](unsigned id, const std::string& when, const std::string& message) {
        return execution_at(id, *timestamp_from_text(when + ":00.000000"), {message});
    };
    world.set({at(1, "2026-10-07 02:00", "usual"), at(2, "2027-10-09 02:00", "usual")});
    world.sync();
    set_world_clock("2026-10-09 06:30:00"); // what was logged an hour ago comes now
    world.set({at(1, "2026-10-07 02:00", "usual"), at(2, "2027-10-09 02:00", "usual"),
               at(3, "2026-10-09 05:30", "no such word")});
    world.sync();
    std::vector<std::string> fresh;
    for (const Row& row : world.rows("new_shapes"))
        fresh.push_back(row.text("message"));
    CHECK(fresh == std::vector<std::string>{"no such word"});
}

TEST_CASE("an end before its start has no duration") {
    const auto* backend = GENERATE("sqlite", "postgres");
    CaseWorld world(backend, "states/body");
    world.config.attribution.rules = {
        {"started", "^Executing '(?P<task>.+)'$", TaskOutcome::started},
        {"done", "^Done '(?P<task>.+)', (?P<rows>[0-9]+) rows$", TaskOutcome::succeeded}};
    world.sync();
    std::int64_t backwards = 0;
    for (const auto* table : {"execution", "task_run"}) {
        for (const Row& row : world.rows(table)) {
            CHECK(row.text("duration_ms").find('-') == std::string::npos);
            if (row.text("ended_at").empty() || !row.text("duration_ms").empty()) continue;
            ++backwards;
        }
    }
    CHECK(backwards == 1);
    const auto days = world.rows("job_durations");
    REQUIRE_FALSE(days.empty());
    for (const Row& day : days)
        CHECK(day.text("min_seconds").find('-') == std::string::npos);
    CHECK(world.damage().empty());
}

TEST_CASE("the summary of a sync tells once of moments that are ahead of the clock") {
    SyncReport report;
    report.jobs = {{.name = "A", .doubtful = 2}, {.name = "B", .doubtful = 1}};
    const auto lines = summary_of(report, 1);
    REQUIRE(lines.size() == 2);
    CHECK_THAT(lines[1], ContainsSubstring("found 3 executions with moments ahead of the clock"));
}

TEST_CASE("a clock of this machine that stands before an earlier sync makes no moment doubtful") {
    const auto* backend = GENERATE("sqlite", "postgres");
    OneJob world({ended(1, "2026-10-08")}, backend);
    world.sync();
    world.set({ended(1, "2026-10-08"), ended(2, "2026-10-09")});
    const auto undisturbed = [&] {
        OneJob other({ended(1, "2026-10-08")}, backend);
        other.sync();
        other.set({ended(1, "2026-10-08"), ended(2, "2026-10-09")});
        other.sync();
        return other.dump("watermark", {"read_settings"});
    }();
    set_world_clock("1972-08-17 21:00:00");
    const SyncReport report = world.sync();
    CHECK(doubted(report) == 0);
    CHECK(world.rows("doubtful_executions").empty());
    CHECK(world.dump("watermark", {"read_settings"}) == undisturbed);
    REQUIRE(report.clock_before);
    const auto lines = summary_of(report, 1);
    CHECK(std::any_of(lines.begin(), lines.end(), [](const std::string& line) {
        return line.find("this machine's clock stands before a sync of") != std::string::npos;
    }));
    // what came ahead of the clock that night is doubted by the next sync
    world.set({ended(1, "2026-10-08"), ended(2, "2026-10-09"), ahead(3)});
    world.sync();
    CHECK(world.rows("doubtful_executions").empty());
    set_world_clock("2026-10-10 07:00:00");
    CHECK(doubted(world.sync()) == 1);
    CHECK(doubted(world.sync()) == 0);
    CHECK(world.rows("doubtful_executions").size() == 1);
}
