// Starts of jobs that the configuration gives, and those of them that did not come.
#include "cases/corrections.hpp"
#include "cases/loads.hpp"
#include "config/schedule_section.hpp"
#include "support/catch.hpp"
#include "sync/given_starts.hpp"

#include <fmt/format.h>

#include <set>

using namespace tidemark;
using namespace tidemark::test;

namespace {

Timestamp utc(const std::string& text) { return *timestamp_from_text(text + ":00.000000"); }

std::vector<std::string> starts(const char* given, const char* in, const std::string& from,
                                const std::string& until) {
    std::vector<std::string> texts;
    for (const Timestamp moment :
         starts_between(*parse_given_start(given), zone(in), utc(from), utc(until)))
        texts.push_back(to_text(moment).substr(0, 16));
    return texts;
}

/// A world in which it is six o'clock on Friday, 9 October 2026, and the job should start at these.
struct Expected : OneJob {
    explicit Expected(const std::vector<std::string>& given) : Expected("sqlite", given) {}
    Expected(std::string_view backend, const std::vector<std::string>& given)
        : OneJob({}, backend) {
        set_world_clock("2026-10-09 06:00:00");
        for (const std::string& text : given)
            config.schedule.by_job["Nightly"].push_back(*parse_given_start(text));
    }
    /// Runs of ten minutes that began at these moments.
    void ran(const std::vector<std::string>& moments) {
        std::vector<BodyExecution> executions;
        for (const std::string& moment : moments) {
            executions.push_back(
                execution_at(static_cast<unsigned>(executions.size() + 1), utc(moment), {}));
        }
        set(executions);
        sync();
    }
    /// `2026-10-09 02:00 1`: those that are missed, and whether they were given.
    std::vector<std::string> missed() {
        std::vector<std::string> found;
        for (const Row& row : rows("missed_runs"))
            found.push_back(fmt::format("{} {}", row.text("expected_at_utc").substr(0, 16),
                                        row.integer("is_given")));
        return found;
    }
};

using Told = std::vector<std::string>;

/// One run a night at this time, on the nights before so many days ago.
std::vector<std::string> every_night(const std::string& time, unsigned since) {
    std::vector<std::string> moments;
    for (unsigned ago = since; ago < 40; ++ago)
        moments.push_back(to_text(utc("2026-10-09 00:00") - days * ago).substr(0, 11) + time);
    return moments;
}

} // namespace

TEST_CASE("a given start is a moment on each of its days, by the clocks of the reporting zone") {
    CHECK(starts("02:00", "UTC", "2026-10-08 02:00", "2026-10-09 02:00") ==
          Told{"2026-10-08 02:00", "2026-10-09 02:00"});
    CHECK(starts("02:00", "UTC", "2026-10-08 02:01", "2026-10-09 01:59").empty());
    CHECK(starts("00:30", "Europe/Copenhagen", "2026-10-07 22:30", "2026-10-08 22:29") ==
          Told{"2026-10-07 22:30"});
    CHECK(starts("fri,sun 22:00", "America/New_York", "2026-10-05 03:00", "2026-10-12 12:00") ==
          Told{"2026-10-10 02:00", "2026-10-12 02:00"});
}

TEST_CASE("a given start follows the clocks when they change") {
    // they are skipped from 02:00 to 03:00 on the 29th of March, and shown twice on 25 October
    CHECK(starts("02:30", "Europe/Copenhagen", "2026-03-28 00:00", "2026-03-30 23:00") ==
          Told{"2026-03-28 01:30", "2026-03-29 01:30", "2026-03-30 00:30"});
    CHECK(starts("02:30", "Europe/Copenhagen", "2026-10-24 00:00", "2026-10-26 23:00") ==
          Told{"2026-10-24 00:30", "2026-10-25 00:30", "2026-10-26 01:30"});
}

TEST_CASE("a given start without a run is missed, one with a run near enough is not") {
    Expected world(GENERATE("sqlite", "postgres"), {"02:00"});
    world.ran({"2026-10-07 02:00"});
    CHECK(world.missed() == Told{"2026-10-09 02:00 1"});
    const Row row = world.rows("missed_runs").at(0);
    CHECK(row.text("weeks").empty());
    CHECK(row.text("last_run_at_utc").substr(0, 16) == "2026-10-07 02:00");
    CHECK(row_where(world, "job_status", "job", "Nightly").text("status") == "late");
    for (const auto* near : {"2026-10-09 01:45", "2026-10-09 02:00", "2026-10-09 03:30"}) {
        world.ran({"2026-10-07 02:00", near});
        CAPTURE(near);
        CHECK(world.missed().empty());
    }
    for (const auto* off : {"2026-10-09 01:44", "2026-10-09 03:31"}) {
        world.ran({"2026-10-07 02:00", off});
        CAPTURE(off);
        CHECK(world.missed().size() == 1);
    }
}

TEST_CASE("a given start is missed once its ninety minutes are over, and for a day") {
    for (const auto& [now, missed] : std::vector<std::pair<std::string, Told>>{
             {"2026-10-09 03:29:59", {"2026-10-08 02:00 1"}},
             {"2026-10-09 03:30:00", {"2026-10-09 02:00 1"}},
             {"2026-10-10 03:29:59", {"2026-10-09 02:00 1"}},
             {"2026-10-10 03:30:00", {"2026-10-10 02:00 1"}}}) {
        CAPTURE(now);
        Expected world({"02:00"});
        set_world_clock(now);
        world.ran({"2026-10-01 02:00"});
        CHECK(world.missed() == missed);
    }
}

TEST_CASE("a given start wins over what the job's history teaches, on its days off too") {
    const std::string backend = GENERATE("sqlite", "postgres");
    Expected learned(backend, {});
    learned.ran(every_night("02:00", 1));
    CHECK(learned.missed() == Told{"2026-10-09 02:00 0"});
    Expected given(backend, {"04:00"});
    given.ran(every_night("02:00", 1));
    CHECK(given.missed() == Told{"2026-10-09 04:00 1"});
    Expected weekly(backend, {"sat 02:00"});
    weekly.ran(every_night("02:00", 1));
    CHECK(weekly.missed().empty());
}

TEST_CASE("a start before the job was there is not missed") {
    Expected world(GENERATE("sqlite", "postgres"), {"02:00"});
    world.ran({});
    CHECK(world.missed().empty());
    set_world_clock("2026-10-10 06:00:00");
    world.sync();
    CHECK(world.missed() == Told{"2026-10-10 02:00 1"});
}

TEST_CASE("a start that is taken out of the configuration is expected no more") {
    Expected world(GENERATE("sqlite", "postgres"), {"02:00", "03:00"});
    world.ran({"2026-10-07 02:00"});
    CHECK(world.missed() == Told{"2026-10-09 02:00 1", "2026-10-09 03:00 1"});
    CHECK(world.rows("given_start").size() == 30);
    world.config.schedule.by_job["Nightly"].pop_back();
    world.sync();
    CHECK(world.missed() == Told{"2026-10-09 02:00 1"});
    world.config.schedule.by_job.clear();
    world.sync();
    CHECK(world.missed().empty());
    CHECK(world.rows("given_start").empty());
}

TEST_CASE(
    "given starts follow a corrected reporting zone at once, days when attribute applies it") {
    Expected world(GENERATE("sqlite", "postgres"), {"02:00"});
    world.config.sync.reporting_timezone = zone("Europe/Copenhagen");
    world.ran({"2026-10-07 00:00", "2026-10-08 00:00", "2026-10-09 00:00"}); // at two there
    CHECK(world.missed().empty());

    world.config.sync.reporting_timezone = zone("America/New_York"); // where it is two at six, UTC
    set_world_clock("2026-10-09 12:00:00");
    const SyncReport report = world.sync();
    CHECK(report.outdated.reporting_timezone == std::optional<std::string>{"Europe/Copenhagen"});
    const auto given = [&] {
        std::set<std::string> times;
        for (const Row& row : world.rows("given_start"))
            times.insert(row.text("expected_at").substr(11, 5));
        return times;
    };
    const auto days_of = [&](std::string_view view, const char* column) {
        std::set<std::string> days;
        for (const Row& row : world.rows(view))
            days.insert(row.text(column));
        return days;
    };
    const std::set<std::string> there{"2026-10-07", "2026-10-08", "2026-10-09"};
    CHECK(given() == std::set<std::string>{"06:00"});
    CHECK(world.rows("given_start").size() == 15);
    CHECK(world.missed() == Told{"2026-10-09 06:00 1"});
    CHECK(days_of("execution", "created_on") == there);
    CHECK(days_of("job_durations", "day") == there);
    CHECK(world.damage() == Told{});

    attribute(world);
    const std::set<std::string> a_day_before{"2026-10-06", "2026-10-07", "2026-10-08"};
    CHECK(days_of("execution", "created_on") == a_day_before);
    CHECK(days_of("job_durations", "day") == a_day_before);
    CHECK(given() == std::set<std::string>{"06:00"});
    CHECK(world.missed() == Told{"2026-10-09 06:00 1"});
    world.sync();
    CHECK(world.rows("given_start").size() == 15);
    CHECK(world.missed() == Told{"2026-10-09 06:00 1"});
    CHECK(days_of("fact_execution", "date_key") ==
          std::set<std::string>{"20261006", "20261007", "20261008"});
    CHECK(world.damage() == Told{});
}

TEST_CASE("the given starts of another organisation stay") {
    Expected world(GENERATE("sqlite", "postgres"), {"02:00"});
    world.ran({});
    CHECK(world.rows("given_start").size() == 15);
    world.config.source.organisation = "other";
    world.config.schedule.by_job.clear();
    world.source.bodies.clear();
    world.source.listed = {{numbered(2), "Nightly"}};
    world.source.bodies[numbered(2)] = body_of({});
    world.sync();
    CHECK(world.rows("given_start").size() == 15);
}

TEST_CASE("a name in the schedule that no job has is told with the job that was probably meant") {
    const std::vector<Job> jobs{{numbered(1), "Nightly load"}, {numbered(2), "Month end"}};
    ScheduleConfig schedule;
    const std::vector<GivenStart> two{*parse_given_start("02:00")};
    schedule.by_job = {{"nightly LOAD", two}, {"Nigthly load", two}, {"Month*", two}, {"X", two}};
    CHECK(idle_starts(jobs, schedule) ==
          Told{"'Nigthly load' in 'schedule' fits none of the jobs (did you mean 'Nightly load'?); "
               "'tidemark jobs' lists what there is",
               "'X' in 'schedule' fits none of the jobs; 'tidemark jobs' lists what there is"});
    Expected world({});
    world.config.schedule.by_job = {{"Nigthly", two}};
    CHECK_THAT(world.sync().idle_patterns.at(0), ContainsSubstring("(did you mean 'Nightly'?)"));
}
