// The views that say in one word how a job or a source stands, what changed, what ran at once, and
// whose rows dropped.
#include "cases/loads.hpp"
#include "support/catch.hpp"
#include "warehouse/backends.hpp"

using namespace tidemark;
using namespace tidemark::test;

namespace {

constexpr const char* standing_morning = "2026-10-09 06:00:00";

Timestamp standing_night() { return *timestamp_from_text("2026-10-09 02:00:00.000000"); }

struct Questioned : OneJob {
    explicit Questioned(std::string_view backend) : OneJob({}, backend) {
        config.attribution.sources.clear();
        set_world_clock(standing_morning);
    }
    std::string status(std::string_view view, std::string_view column, std::string_view value) {
        return row_where(*this, view, column, value).text("status");
    }
};

std::string rows_loaded(const std::string& task, int rows) {
    return fmt::format("Transfer task '{}' completed, {} rows", task, rows);
}

} // namespace

TEST_CASE("a job has one status, by a fixed precedence", "[questions]") {
    Questioned world(GENERATE("sqlite", "postgres"));
    world.source.listed = {{numbered(1), "Fine"},    {numbered(2), "Failed"},
                           {numbered(3), "Running"}, {numbered(4), "Never"},
                           {numbered(5), "Late"},    {numbered(6), "Gone"},
                           {numbered(7), "Unknown"}};
    const Timestamp night = standing_night();
    const auto one = [&](unsigned job, int state) {
        return execution_at(100 + job, night, {loaded("CRM - a")}, state, job);
    };
    world.source.bodies = {{numbered(1), body_of({one(1, 1)})},
                           {numbered(2), body_of({one(2, 2)})},
                           {numbered(4), body_of({})},
                           {numbered(6), body_of({one(6, 2)})},
                           {numbered(7), body_of({one(7, 9)})}};
    auto open = one(3, 0);
    open.ended = "";
    world.source.bodies[numbered(3)] = body_of({open});
    std::vector<BodyExecution> nights;
    for (unsigned ago = 1; ago < 30; ++ago)
        nights.push_back(execution_at(ago, night - hours{24} * ago, {}, 1, 5));
    world.source.bodies[numbered(5)] = body_of(nights);
    world.sync();
    std::erase_if(world.source.listed, [](const Job& job) { return job.name == "Gone"; });
    world.sync();
    const std::vector<std::pair<std::string, std::string>> expected = {
        {"Fine", "fine"}, {"Failed", "failed"}, {"Running", "running"}, {"Never", "never run"},
        {"Late", "late"}, {"Gone", "missing"},  {"Unknown", "unknown"}};
    for (const auto& [job, status] : expected) {
        CAPTURE(job);
        CHECK(world.status("job_status", "job", job) == status);
    }
    CHECK(row_where(world, "job_status", "job", "Late").text("expected_at_utc") ==
          "2026-10-09 02:00:00.000000");
    CHECK(world.rows("job_status").size() == expected.size());
}

TEST_CASE("a source has one status, by a fixed precedence", "[questions]") {
    Questioned world(GENERATE("sqlite", "postgres"));
    const Timestamp now = system_now(); // the view asks the database's clock
    world.config.attribution.sources = {{"never", "Never"}};
    world.config.freshness.by_source["Late"] = hours{1};
    world.config.freshness.by_source["Never"] = hours{1};
    world.config.freshness.retired.insert("Old");
    set_world_clock(to_text(now).substr(0, 19));
    auto open = execution_at(3, now - hours{1}, {"Executing transfer task 'Running - a'"}, 0);
    open.ended = "";
    world.set(
        {execution_at(1, now - hours{30},
                      {loaded("Fine - a"), loaded("Late - a"), loaded("Failed - a"),
                       loaded("Running - a"), loaded("Unknown - a"), loaded("Old - a")}),
         execution_at(
             2, now - hours{2},
             {failed("Failed - a"), "Executing transfer task 'Unknown - a'", failed("Old - a")}, 2),
         open});
    world.sync();
    const std::vector<std::pair<std::string, std::string>> expected = {
        {"Fine", "fine"},         {"Late", "late"},       {"Failed", "failed"},
        {"Running", "running"},   {"Unknown", "unknown"}, {"Old", "retired"},
        {"Never", "never loaded"}};
    for (const auto& [source, status] : expected) {
        CAPTURE(source);
        CHECK(world.status("source_status", "data_source", source) == status);
    }
    CHECK(world.rows("source_status").size() == expected.size());
}

TEST_CASE("what ran at once is counted by the quarter of an hour", "[questions]") {
    Questioned world(GENERATE("sqlite", "postgres"));
    const Timestamp night = standing_night();
    auto overlapping = execution_at(2, night + minutes{5}, {});
    overlapping.ended = in_body(night + minutes{40});
    auto open = execution_at(3, night + minutes{31}, {}, 0);
    open.ended = "";
    world.set({execution_at(1, night, {}), overlapping, open, execution_at(4, night + hours{2}, {}),
               execution_at(5, night - 9 * hours{24}, {})});
    world.sync();
    std::vector<std::string> lines;
    for (const Row& row : world.rows("concurrency"))
        lines.push_back(fmt::format("{} {} {}", row.text("quarter_utc").substr(11, 5),
                                    row.integer("runs"), row.integer("starts")));
    CHECK(lines == std::vector<std::string>{"02:00 2 2", "02:15 1 0", "02:30 2 1", "02:45 1 0",
                                            "03:00 1 0", "03:15 1 0", "03:30 1 0", "03:45 1 0",
                                            "04:00 2 1"});
}

TEST_CASE("a source that brings less than half of its usual rows is told", "[questions]") {
    Questioned world(GENERATE("sqlite", "postgres"));
    std::vector<BodyExecution> executions;
    for (unsigned ago = 0; ago < 63; ++ago) {
        const int rows = ago == 0 ? 49 : ago % 7 == 0 ? 100 : 1000; // Fridays are small
        executions.push_back(
            execution_at(ago + 1, standing_night() - hours{24} * ago,
                         {rows_loaded("CRM - a", rows), rows_loaded("ERP - a", 7)}));
    }
    world.set(executions);
    world.sync();
    const auto rows = world.rows("row_drops");
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].text("data_source") == "CRM");
    CHECK(rows[0].text("day") == "2026-10-09");
    CHECK(rows[0].integer("row_count") == 49);
    CHECK(rows[0].integer("usual_row_count") == 100);
    CHECK(rows[0].integer("weeks") == 8);
    CHECK(std::stod(rows[0].text("percent_of_usual")) == 49.0);
    executions[0] = execution_at(1, standing_night(), {rows_loaded("CRM - a", 50)});
    world.set(executions);
    world.sync();
    CHECK(world.rows("row_drops").empty());
}

TEST_CASE("what changed since yesterday is told with what it was", "[questions]") {
    Questioned world(GENERATE("sqlite", "postgres"));
    const Timestamp night = standing_night();
    world.source.listed.push_back({numbered(2), "Gone"});
    world.source.bodies[numbered(2)] = body_of({});
    set_world_clock("2026-10-08 05:00:00");
    world.set({execution_at(1, night - hours{24}, {loaded("CRM - a"), loaded("CRM - b")})});
    world.sync();
    set_world_clock(standing_morning);
    world.set(
        {execution_at(1, night - hours{24}, {loaded("CRM - a"), loaded("CRM - b")}),
         execution_at(2, night, {failed("CRM - a"), loaded("CRM - b"), loaded("CRM - c")}, 2)});
    world.source.listed.pop_back();
    world.sync();
    std::vector<std::string> lines;
    for (const Row& row : world.rows("changes_since_yesterday"))
        lines.push_back(fmt::format("{} {}: {} > {}", row.text("subject"), row.text("name"),
                                    row.text("before"), row.text("now")));
    std::sort(lines.begin(), lines.end());
    CHECK(lines ==
          std::vector<std::string>{"job Gone: listed > missing", "job Nightly: completed > failed",
                                   "task CRM - a: succeeded > failed", "task CRM - c:  > new"});
}

TEST_CASE("a run that begins before a day and fails within it is a change of that day",
          "[questions]") {
    Questioned world(GENERATE("sqlite", "postgres"));
    const Timestamp night = standing_night();
    const auto long_run = [&](unsigned id, Timestamp created, int state) {
        BodyExecution run = execution_at(id, created, {loaded("CRM - a")}, state);
        run.ended = to_text(created + hours{4}).replace(10, 1, "T");
        return run;
    };
    // of the sync at five: 24.5 hours ago the failed one began, 20.5 hours ago it ended
    const Timestamp began = night + hours{3} - hours{24} - std::chrono::minutes{30};
    world.set({long_run(1, began - hours{24}, 1), long_run(2, began, 2)});
    world.sync();
    std::vector<std::string> jobs;
    for (const Row& row : world.rows("changes_since_yesterday")) {
        if (row.text("subject") == "job" && row.text("now") == "failed")
            jobs.push_back(row.text("name") + " " + row.text("job_id"));
    }
    CHECK(jobs == std::vector<std::string>{"Nightly " + to_text(numbered(1))});
}

TEST_CASE("a row count that cannot be one stops no sums", "[questions]") {
    Questioned world(GENERATE("sqlite", "postgres"));
    world.set({execution_at(1, standing_night(),
                            {"Transfer task 'CRM - a' completed, 9223372036854775807 rows",
                             "Transfer task 'CRM - b' completed, 9000000000000000000 rows",
                             "Transfer task 'ERP - c' completed, 5 rows"}),
               execution_at(2, standing_night() + hours{1},
                            {"Transfer task 'CRM - a' completed, 9223372036854775807 rows"})});
    world.sync();
    CHECK(world.rows("row_drops").empty());
    std::int64_t rows = 0;
    for (const Row& day : world.rows("task_durations"))
        rows += day.text("row_count").empty() ? 0 : day.integer("row_count");
    CHECK(rows == 5);
}

TEST_CASE("each kind of error has its first and last time and its jobs", "[questions]") {
    Questioned world(GENERATE("sqlite", "postgres"));
    const Timestamp night = standing_night();
    world.source.listed.push_back({numbered(2), "Other"});
    world.source.bodies[numbered(2)] = body_of({execution_at(9, night, {failed("ERP - a")}, 2, 2)});
    world.set({execution_at(1, night - hours{24}, {failed("CRM - a"), loaded("CRM - b")}, 2)});
    world.sync();
    const auto rows = world.rows("error_templates");
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].text("message") == "Transfer task <name> failed with error: login");
    CHECK(rows[0].integer("line_count") == 2);
    CHECK(rows[0].integer("jobs") == 2);
    CHECK(rows[0].text("first_seen_at_utc") == "2026-10-08 02:00:00.000000");
    CHECK(rows[0].text("last_seen_at_utc") == "2026-10-09 02:00:00.000000");
}
