// The views that answer what analysts ask of jobs and their runs.
#include "cases/loads.hpp"
#include "support/catch.hpp"
#include "warehouse/backends.hpp"

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// An execution that began so long before this moment and took so many minutes.
BodyExecution lasting(unsigned id, Timestamp created, int long_minutes, int state = 1,
                      unsigned job = 1) {
    BodyExecution execution = execution_at(id, created, {}, state, job);
    execution.ended = in_body(created + minutes{long_minutes});
    return execution;
}

Timestamp at(const std::string& text) { return *timestamp_from_text(text + ".000000"); }

/// A world whose clock stands still, with these executions synced.
struct History : OneJob {
    History(std::string_view backend, const std::vector<BodyExecution>& executions,
            const std::string& now)
        : OneJob(executions, backend) {
        set_world_clock(now);
        sync();
    }

    std::optional<Row> find(std::string_view view, std::string_view column,
                            std::string_view value) {
        for (Row& row : rows(view)) {
            if (row.text(column) == value) return std::move(row);
        }
        return std::nullopt;
    }
};

const std::string morning = "2026-10-09 06:00:00";
const Timestamp tonight = at("2026-10-09 02:00:00");

/// One execution a night, the last of them tonight, that took these minutes.
std::vector<BodyExecution> nightly(const std::vector<int>& long_minutes) {
    std::vector<BodyExecution> executions;
    const auto count = static_cast<int>(long_minutes.size());
    for (int i = 0; i < count; ++i) {
        executions.push_back(lasting(static_cast<unsigned>(i + 1),
                                     tonight - 24 * hours{count - 1 - i},
                                     long_minutes[static_cast<std::size_t>(i)]));
    }
    return executions;
}

double seconds(const Row& row, std::string_view column) { return std::stod(row.text(column)); }

} // namespace

TEST_CASE("a run is slow beside the last sixty completed ones", "[questions]") {
    const auto* backend = GENERATE("sqlite", "postgres");
    std::vector<int> taken(30, 500); // beyond the sixty: they count no more
    for (int i = 0; i < 60; ++i)
        taken.push_back(i < 58 ? 10 : 20); // the 57th of 60 by length took 10 minutes
    taken.push_back(15);
    History world(backend, nightly(taken), morning);
    const auto row = world.find("usual_durations", "job", "Nightly");
    REQUIRE(row);
    CHECK(row->integer("runs") == 60);
    CHECK(seconds(*row, "median_seconds") == 600);
    CHECK(seconds(*row, "p95_seconds") == 600);
    CHECK(seconds(*row, "last_seconds") == 900);
    CHECK(row->integer("is_slow") == 1);
    CHECK(row->integer("is_getting_slower") == 0);
}

TEST_CASE("a job gets slower when its last ten runs are longer than those before", "[questions]") {
    const auto* backend = GENERATE("sqlite", "postgres");
    std::vector<int> taken(12, 10);
    taken.insert(taken.end(), 10, 13);
    History world(backend, nightly(taken), morning);
    const auto row = world.find("usual_durations", "job", "Nightly");
    REQUIRE(row);
    CHECK(row->integer("runs") == 21);
    CHECK(row->integer("is_slow") == 0); // 13 minutes are within the 95th percentile
    CHECK(row->integer("is_getting_slower") == 1);
    CHECK(seconds(*row, "recent_median_seconds") == 780);
}

TEST_CASE("ten runs before the last one are needed to call a duration usual", "[questions]") {
    const auto* backend = GENERATE("sqlite", "postgres");
    CHECK(History(backend, nightly(std::vector<int>(10, 10)), morning)
              .rows("usual_durations")
              .empty());
    CHECK(History(backend, nightly(std::vector<int>(11, 10)), morning)
              .rows("usual_durations")
              .size() == 1);
}

TEST_CASE("the failed tasks of an execution come in their order", "[questions]") {
    const auto* backend = GENERATE("sqlite", "postgres");
    History world(
        backend,
        {execution_at(1, tonight, {failed("CRM - z"), loaded("CRM - b"), failed("ERP - a")}, 2),
         execution_at(2, tonight - hours{24}, {failed("ERP - a")}, 2)},
        morning);
    const auto rows = world.rows("failed_tasks");
    REQUIRE(rows.size() == 3);
    CHECK(rows[0].text("transfer_task") == "CRM - z");
    CHECK(rows[0].integer("place") == 1);
    CHECK(rows[0].text("data_source") == "CRM");
    CHECK(rows[0].text("error_message") == "login");
    CHECK(rows[1].text("transfer_task") == "ERP - a");
    CHECK(rows[1].integer("place") == 2);
    CHECK(rows[2].text("created_at_utc") == "2026-10-08 02:00:00.000000");
    CHECK(rows[2].integer("place") == 1);
}

TEST_CASE("a job's sources are those of its last thirty executions", "[questions]") {
    const auto* backend = GENERATE("sqlite", "postgres");
    std::vector<BodyExecution> executions{
        execution_at(99, tonight - 24 * hours{40}, {loaded("Old - a")})};
    for (unsigned i = 0; i < 30; ++i) {
        executions.push_back(
            execution_at(i + 1, tonight - hours{24} * i,
                         {loaded("CRM - a"), i == 0 ? failed("CRM - b") : loaded("CRM - b")}));
        executions.push_back(execution_at(i + 200, tonight + 24 * hours{400} + hours{i},
                                          {loaded("HR - a")})); // by a wrong clock
    }
    History world(backend, executions, morning);
    const auto rows = world.rows("job_sources");
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].text("data_source") == "CRM");
    CHECK(rows[0].integer("tasks") == 2);
    CHECK(rows[0].integer("runs") == 60);
    CHECK(rows[0].integer("failed") == 1);
    CHECK(rows[0].text("last_success_at_utc").substr(0, 13) == "2026-10-09 02");
}

TEST_CASE("last night is what began in the twenty hours before the newest execution",
          "[questions]") {
    const auto* backend = GENERATE("sqlite", "postgres");
    History world(backend,
                  {execution_at(1, tonight, {loaded("CRM - a")}),
                   execution_at(2, tonight - hours{19}, {failed("CRM - a")}, 2),
                   execution_at(3, tonight - hours{20}, {loaded("CRM - a")})},
                  morning);
    const auto rows = world.rows("last_night");
    REQUIRE(rows.size() == 4);
    CHECK(rows[0].text("started_at_utc") == "2026-10-08 07:00:00.000000");
    CHECK(rows[0].text("result") == "failed");
    CHECK(rows[0].text("transfer_task").empty());
    CHECK(seconds(rows[0], "seconds") == 600);
    CHECK(rows[1].text("transfer_task") == "CRM - a");
    CHECK(rows[1].text("error_message") == "login");
    CHECK(rows[3].text("result") == "succeeded");
    CHECK(rows[3].integer("row_count") == 5);
}

TEST_CASE("runs are counted over 24 hours, 7 days and 30 days", "[questions]") {
    const auto* backend = GENERATE("sqlite", "postgres");
    History world(backend,
                  {lasting(1, tonight, 10), lasting(2, tonight - hours{23}, 10, 2),
                   lasting(3, tonight - hours{24}, 10, 2), lasting(4, tonight - 6 * hours{24}, 10),
                   lasting(5, tonight - 29 * hours{24}, 10),
                   lasting(6, tonight - 31 * hours{24}, 10)},
                  morning);
    const auto counts = [&](std::string_view period) {
        const auto row = world.find("success_rates", "period", period);
        REQUIRE(row);
        return std::vector<std::int64_t>{row->integer("runs"), row->integer("completed"),
                                         row->integer("failed")};
    };
    CHECK(counts("24 hours") == std::vector<std::int64_t>{2, 1, 1});
    CHECK(counts("7 days") == std::vector<std::int64_t>{4, 2, 2});
    CHECK(counts("30 days") == std::vector<std::int64_t>{5, 3, 2});
    CHECK(seconds(*world.find("success_rates", "period", "30 days"), "success_percent") == 60.0);
    CHECK(world.find("success_rates", "period", "24 hours")->text("since_utc") ==
          "2026-10-08 02:00:00.000000");
}

TEST_CASE("a nightly run that did not come is missed", "[questions]") {
    const auto* backend = GENERATE("sqlite", "postgres");
    auto executions = nightly(std::vector<int>(40, 10));
    CHECK(History(backend, executions, morning).rows("missed_runs").empty());
    executions.pop_back();
    History missed(backend, executions, morning);
    const auto rows = missed.rows("missed_runs");
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].text("expected_at_utc") == "2026-10-09 02:00:00.000000");
    CHECK(rows[0].integer("weeks") == 4);
    CHECK(rows[0].text("last_run_at_utc") == "2026-10-08 02:00:00.000000");
    // it may still come until half past three
    CHECK(History(backend, executions, "2026-10-09 03:29:00").rows("missed_runs").empty());
    CHECK(History(backend, executions, "2026-10-09 03:46:00").rows("missed_runs").size() == 1);
}

TEST_CASE("a sync with the clock ahead hides no missed run from the syncs after it",
          "[questions]") {
    const auto* backend = GENERATE("sqlite", "postgres");
    auto executions = nightly(std::vector<int>(40, 10));
    executions.pop_back();
    History world(backend, executions, morning);
    CHECK(world.rows("missed_runs").size() == 1);
    set_world_clock("2026-12-31 06:00:00");
    world.sync();
    set_world_clock(morning);
    world.sync();
    CHECK(world.rows("missed_runs").size() == 1);
    CHECK(world.find("job_status", "job", "Nightly")->text("status") == "late");
}

TEST_CASE("a run that is an hour off is not missed, nor one that only weekdays have",
          "[questions]") {
    const auto* backend = GENERATE("sqlite", "postgres");
    auto executions = nightly(std::vector<int>(40, 10));
    executions.back() = lasting(40, tonight + hours{1}, 10);
    CHECK(History(backend, executions, morning).rows("missed_runs").empty());
    std::vector<BodyExecution> weekly; // on Thursdays; the 9th of October 2026 is a Friday
    for (unsigned week = 0; week < 6; ++week)
        weekly.push_back(lasting(week + 1, tonight - hours{24} - 7 * hours{24} * week, 10));
    CHECK(History(backend, weekly, morning).rows("missed_runs").empty());
}

TEST_CASE("an old habit is not expected any more", "[questions]") {
    const auto* backend = GENERATE("sqlite", "postgres");
    std::vector<BodyExecution> executions;
    for (unsigned night = 15; night < 60; ++night)
        executions.push_back(lasting(night, tonight - hours{24} * night, 10));
    CHECK(History(backend, executions, morning).rows("missed_runs").empty());
}
