// The views that tell when nothing ran, how long runs wait, how long failures last, and when what
// runs now will end.
#include "cases/loads.hpp"
#include "support/catch.hpp"

#include <fmt/format.h>

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// A world in which it is six o'clock on Friday, 9 October 2026.
struct Friday : OneJob {
    explicit Friday(std::string_view backend) : OneJob({}, backend) {
        set_world_clock("2026-10-09 06:00:00");
    }
    void ran(const std::vector<BodyExecution>& executions) {
        set(executions);
        sync();
    }
    /// The values of these columns, of each row.
    std::vector<std::string> told(std::string_view view, const std::vector<std::string>& columns) {
        std::vector<std::string> found;
        for (const Row& row : rows(view)) {
            std::string line;
            for (const std::string& column : columns) {
                std::string value = row.text(column);
                if (value.size() == 26) value = value.substr(5, 11);
                line += (line.empty() ? "" : " ") + value;
            }
            found.push_back(line);
        }
        return found;
    }
    std::vector<std::string> idle() {
        return told("idle_windows",
                    {"is_current", "day", "idle_since_utc", "idle_until_utc", "hours"});
    }
    std::vector<std::string> recoveries() {
        return told("task_recoveries", {"transfer_task", "failing_since_utc", "recovered_at_utc",
                                        "failed_runs", "hours", "streaks", "median_hours"});
    }
};

Timestamp on(const std::string& text) {
    return *timestamp_from_text("2026-" + text + ":00.000000");
}

/// One that took these minutes and said this.
BodyExecution run_of(unsigned id, const std::string& begun, int long_minutes,
                     std::vector<std::string> messages = {}, int state = 1) {
    BodyExecution execution = execution_at(id, on(begun), std::move(messages), state);
    execution.ended = in_body(on(begun) + minutes{long_minutes});
    return execution;
}

BodyExecution open_since(unsigned id, const std::string& begun) {
    BodyExecution execution = run_of(id, begun, 0, {}, 0);
    execution.ended = "";
    return execution;
}

using Answers = std::vector<std::string>;

} // namespace

TEST_CASE("the longest idle span of a day is told on the day that ends it", "[questions]") {
    Friday world(GENERATE("sqlite", "postgres"));
    world.ran({run_of(1, "10-07 20:00", 60), run_of(2, "10-07 20:30", 240), // until 00:30
               run_of(3, "10-08 02:00", 60), run_of(4, "10-08 04:30", 30),  // 1.5 h, 1.5 h
               run_of(5, "10-08 05:15", 15), run_of(6, "10-09 02:00", 10)});
    CHECK(world.idle() == Answers{"1  10-09 02:10  3.83",
                                  "0 2026-10-09 10-08 05:30 10-09 02:00 20.5",
                                  "0 2026-10-08 10-08 00:30 10-08 02:00 1.5"});
    CHECK(world.rows("idle_windows").at(0).text("job").empty());
    CHECK(world.rows("idle_windows").at(1).text("job") == "Nightly");
    CHECK(world.rows("idle_windows").at(1).text("idle_until_local") ==
          "2026-10-09 02:00:00.000000");
}

TEST_CASE("a run that goes on leaves nothing idle, one that is lost or abandoned does not count",
          "[questions]") {
    Friday world(GENERATE("sqlite", "postgres"));
    world.ran({run_of(1, "10-07 02:00", 60), open_since(2, "10-07 02:30"),
               run_of(3, "10-08 02:00", 60), run_of(4, "10-09 02:00", 60)});
    CHECK(world.idle().empty());
    world.config.sync.abandoned_after = std::chrono::hours{24};
    world.sync();
    CHECK(world.idle() == Answers{"1  10-09 03:00  3", "0 2026-10-09 10-08 03:00 10-09 02:00 23",
                                  "0 2026-10-08 10-07 03:00 10-08 02:00 23"});
}

TEST_CASE("nothing is idle now that a sync did not see, and a span that lasts has no day",
          "[questions]") {
    Friday world(GENERATE("sqlite", "postgres"));
    world.ran({run_of(1, "10-08 02:00", 60), run_of(2, "10-09 02:00", 60)});
    const std::string ended = "0 2026-10-09 10-08 03:00 10-09 02:00 23";
    CHECK(world.idle() == Answers{"1  10-09 03:00  3", ended});
    set_world_clock("2026-10-11 06:00:00");
    world.source.failures[numbered(1)] = "no answer"; // who knows what has run since Friday
    world.sync();
    CHECK(world.idle() == Answers{"1  10-09 03:00  3", ended});
    world.source.failures.clear();
    world.sync();
    CHECK(world.idle() == Answers{"1  10-09 03:00  51", ended});
    world.ran(
        {run_of(1, "10-08 02:00", 60), run_of(2, "10-09 02:00", 60), open_since(3, "10-11 05:00")});
    CHECK(world.idle() == Answers{"0 2026-10-11 10-09 03:00 10-11 05:00 50", ended});
}

TEST_CASE("idle spans go over weekends, reach fourteen days back and know no run of the future",
          "[questions]") {
    Friday world(GENERATE("sqlite", "postgres"));
    world.ran({run_of(1, "09-24 02:00", 60), run_of(2, "09-25 02:00", 60),
               run_of(3, "09-26 02:00", 60), run_of(4, "10-05 02:00", 60),
               run_of(5, "10-09 02:00", 60), run_of(6, "12-24 02:00", 60)});
    CHECK(world.idle() == Answers{"1  10-09 03:00  3", "0 2026-10-09 10-05 03:00 10-09 02:00 95",
                                  "0 2026-10-05 09-26 03:00 10-05 02:00 215",
                                  "0 2026-09-26 09-25 03:00 09-26 02:00 23"});
}

TEST_CASE("the days of idle spans are those of the reporting zone", "[questions]") {
    Friday world(GENERATE("sqlite", "postgres"));
    world.config.sync.reporting_timezone = TimeZone::find("America/New_York").value();
    world.ran({run_of(1, "10-08 01:00", 60), run_of(2, "10-09 03:59", 10)});
    CHECK(world.idle() ==
          Answers{"1  10-09 04:09  1.85", "0 2026-10-08 10-08 02:00 10-09 03:59 25.98"});
    CHECK(world.rows("idle_windows").at(1).text("idle_until_local") ==
          "2026-10-08 23:59:00.000000");
}

TEST_CASE("a run waits from its beginning to its first line", "[questions]") {
    Friday world(GENERATE("sqlite", "postgres"));
    std::vector<BodyExecution> executions;
    for (unsigned i = 0; i < 20; ++i) { // they wait 1 to 20 seconds, the newest one 1
        executions.push_back(execution_at(i + 1, on("10-09 02:00") - days * i, {"begin", "go on"}));
        executions.back().seconds = {i + 1, 50};
    }
    for (unsigned i = 0; i < 60; ++i) // by a wrong clock
        executions.push_back(execution_at(i + 100, on("12-24 02:00") + hours{i}, {"begin"}));
    executions.push_back(execution_at(21, on("10-09 03:00"), {})); // logs nothing
    executions.push_back(execution_at(22, on("10-09 03:30"), {"early"}));
    executions.back().created = "2026-10-09T03:30:20"; // after its line
    world.ran(executions);
    CHECK(world.told("first_line_waits", {"runs", "median_seconds", "p95_seconds", "max_seconds",
                                          "last_seconds", "created_at_utc"}) ==
          Answers{"20 10 19 20 1 10-09 02:00"});
}

TEST_CASE("only the last sixty runs with lines tell how long a job's runs wait", "[questions]") {
    Friday world(GENERATE("sqlite", "postgres"));
    std::vector<BodyExecution> executions;
    for (unsigned i = 0; i < 70; ++i) {
        executions.push_back(execution_at(i + 1, on("10-09 02:00") - hours{i}, {"begin"}));
        executions.back().seconds = {i < 60 ? 5U : 50U};
    }
    world.ran(executions);
    CHECK(world.told("first_line_waits", {"runs", "median_seconds", "max_seconds"}) ==
          Answers{"60 5 5"});
    world.execute("UPDATE execution SET logs_pruned_at = changed_at WHERE created_at >="
                  " '2026-10-08 00:00:00+00'");
    CHECK(world.told("first_line_waits", {"runs", "max_seconds"}) == Answers{"43 50"});
}

TEST_CASE("a failing streak lasts from its first failure to the next success", "[questions]") {
    Friday world(GENERATE("sqlite", "postgres"));
    const auto good = loaded("CRM - a");
    const auto bad = failed("CRM - a");
    world.ran({run_of(1, "10-01 02:00", 10, {good}), run_of(2, "10-02 02:00", 10, {bad}, 2),
               run_of(3, "10-02 04:00", 10, {good}), // 2 hours
               run_of(4, "10-03 02:00", 10, {bad}, 2), run_of(5, "10-04 02:00", 10, {bad}, 2),
               run_of(6, "10-05 03:30", 10, {good}), // 49.5 hours
               run_of(7, "10-06 02:00", 10, {bad}, 2),
               run_of(8, "10-06 06:00", 10, {good}),     // 4 hours
               run_of(9, "10-09 02:00", 10, {bad}, 2)}); // goes on
    CHECK(world.recoveries() == Answers{"CRM - a 10-06 02:00 10-06 06:00 1 4 3 4",
                                        "CRM - a 10-03 02:00 10-05 03:30 2 49.5 3 4",
                                        "CRM - a 10-02 02:00 10-02 04:00 1 2 3 4"});
    CHECK(world.rows("task_recoveries").at(0).text("data_source") == "CRM");
}

TEST_CASE("a success at the moment of the failure ends no streak", "[questions]") {
    Friday world(GENERATE("sqlite", "postgres"));
    const auto good = loaded("CRM - a");
    const auto bad = failed("CRM - a");
    BodyExecution both = run_of(2, "10-02 02:00", 10, {good, bad}, 2);
    both.seconds = {7, 7};
    BodyExecution beside = run_of(3, "10-02 02:00", 10, {good});
    beside.seconds = {7};
    world.ran(
        {run_of(1, "10-01 02:00", 10, {good}), both, beside, run_of(4, "10-03 02:00", 10, {good})});
    CHECK(world.recoveries() == Answers{"CRM - a 10-02 02:00 10-03 02:00 1 24 1 24"});
}

TEST_CASE("a streak of which only a part is in the last ninety days is not told", "[questions]") {
    Friday world(GENERATE("sqlite", "postgres"));
    const auto good = loaded("CRM - a");
    const auto bad = failed("CRM - a");
    world.ran({run_of(1, "07-01 02:00", 10, {good}), run_of(2, "07-10 02:00", 10, {bad}, 2),
               run_of(3, "07-12 02:00", 10, {bad}, 2), run_of(4, "07-13 02:00", 10, {good}),
               run_of(5, "07-14 02:00", 10, {bad}, 2), run_of(6, "07-15 02:00", 10, {good}),
               run_of(7, "10-09 02:00", 10, {good})});
    CHECK(world.recoveries() == Answers{"CRM - a 07-14 02:00 07-15 02:00 1 24 1 24"});
}

TEST_CASE("what runs now usually ends after the median of ten completed runs", "[questions]") {
    Friday world(GENERATE("sqlite", "postgres"));
    std::vector<BodyExecution> executions{open_since(99, "10-09 02:00"),
                                          run_of(98, "10-08 23:00", 500, {}, 2)};
    for (int i = 0; i < 9; ++i) { // they take 10 to 90 minutes
        executions.push_back(run_of(static_cast<unsigned>(i + 1),
                                    fmt::format("09-{:02} 02:00", 10 + i), 10 * (i + 1)));
    }
    world.ran(executions);
    CHECK(world.told("running_now", {"since_utc", "usual_end_utc"}) == Answers{"10-09 02:00 "});
    executions.push_back(run_of(10, "09-20 02:00", 100));
    world.ran(executions);
    CHECK(world.told("running_now", {"since_utc", "usual_end_utc", "looks"}) ==
          Answers{"10-09 02:00 10-09 02:50 running"});
    world.execute("UPDATE execution SET abandoned_since = changed_at WHERE ended_at IS NULL");
    CHECK(world.told("running_now", {"usual_end_utc", "looks"}) == Answers{"abandoned"});
}

TEST_CASE("only the last sixty completed runs tell when one usually ends", "[questions]") {
    Friday world(GENERATE("sqlite", "postgres"));
    std::vector<BodyExecution> executions{open_since(99, "10-09 05:00")};
    for (unsigned i = 0; i < 90; ++i) {
        executions.push_back(execution_at(i + 1, on("10-09 02:00") - hours{i}, {}));
        if (i >= 60) executions.back().ended = in_body(on("10-09 02:00") - hours{i} + minutes{30});
    }
    world.ran(executions);
    CHECK(world.told("running_now", {"usual_end_utc"}) == Answers{"10-09 05:10"});
}

TEST_CASE("a warehouse without executions answers these questions with nothing", "[questions]") {
    Friday world(GENERATE("sqlite", "postgres"));
    world.sync();
    for (const auto* view : {"idle_windows", "first_line_waits", "task_recoveries", "running_now",
                             "missed_runs", "fact_execution", "fact_task_run"}) {
        CAPTURE(view);
        CHECK(world.rows(view).empty());
    }
    CHECK(world.rows("newest_executions").at(0).text("created_at_utc").empty());
}
