// What a reader of the views sees of accidents that were seen elsewhere.
#include "cases/loads.hpp"
#include "support/catch.hpp"
#include "warehouse/backends.hpp"
#include "warehouse/sql_files.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <map>
#include <memory>
#include <stdexcept>

using namespace tidemark;
using namespace tidemark::test;

TEST_CASE("an execution that is marked lost or abandoned has changed") {
    const auto* backend = GENERATE("sqlite", "postgres");
    OneJob world({ended(1, "2026-10-01"), running(2, "2026-10-02"), running(3, "2026-08-01")},
                 backend);
    world.source.bodies[numbered(1)] =
        body_of({running(3, "2026-08-01"), ended(1, "2026-08-15"), running(2, "2026-08-16")});
    set_world_clock("2026-08-17 06:00:00");
    world.sync();
    world.source.bodies[numbered(1)] =
        body_of({running(3, "2026-08-01"), ended(1, "2026-08-15"), ended(4, "2026-10-01")});
    set_world_clock("2026-10-09 06:00:00");
    world.sync();
    const std::string now = "2026-10-09 06:00:00.000000";
    const Row lost = row_where(world, "fact_execution", "execution_id", to_text(numbered(2)));
    CHECK(lost.text("lost_since_utc") == now);
    CHECK(lost.text("changed_at_utc") == now);
    CHECK(lost.integer("is_lost") == 1);
    CHECK(lost.integer("is_open") == 0);
    const Row abandoned = row_where(world, "fact_execution", "execution_id", to_text(numbered(3)));
    CHECK(abandoned.text("abandoned_since_utc") == now);
    CHECK(abandoned.text("changed_at_utc") == now);
    CHECK(abandoned.integer("is_abandoned") == 1);
    CHECK(abandoned.integer("is_open") == 0);
    const Row untouched = row_where(world, "fact_execution", "execution_id", to_text(numbered(1)));
    CHECK(untouched.text("changed_at_utc") == "2026-08-17 06:00:00.000000");
    CHECK(world.damage().empty());
}

TEST_CASE("an execution is open, completed, failed, lost or abandoned, and never two of these") {
    const auto* backend = GENERATE("sqlite", "postgres");
    OneJob world({}, backend);
    world.set({{.id = 1, .job = 1, .state = 1, .created = "2026-10-07T02:00:00"}, // without an end
               {.id = 2,
                .job = 1,
                .state = 0,
                .created = "2026-10-07T03:00:00",
                .ended = "2026-10-07T03:10:00"},
               {.id = 3,
                .job = 1,
                .state = -1,
                .created = "2026-10-07T05:00:00",
                .ended = "2026-10-07T05:01:00"},
               {.id = 4, .job = 1, .state = 2, .created = "2026-10-07T06:00:00"},
               {.id = 5, .job = 1, .state = 0, .created = "2026-10-07T07:00:00"},
               {.id = 6, .job = 1, .state = 0, .created = "2026-07-01T07:00:00"}});
    world.sync();
    const std::vector<std::string> flags = {"is_completed", "is_failed", "is_lost", "is_abandoned",
                                            "is_open"};
    const std::vector<std::string> expected = {"is_completed", "is_open", "",
                                               "is_failed",    "is_open", "is_abandoned"};
    for (unsigned id = 1; id <= expected.size(); ++id) {
        const Row row = row_where(world, "fact_execution", "execution_id", to_text(numbered(id)));
        CAPTURE(id);
        for (const std::string& flag : flags)
            CHECK(row.integer(flag) == (flag == expected[id - 1] ? 1 : 0));
    }
    const Row day = row_where(world, "job_durations", "day", "2026-10-07");
    CHECK(day.integer("runs") == 5);
    CHECK(day.integer("completed") == 1);
    CHECK(day.integer("failed") == 1);
    CHECK(world.damage().empty());
}

TEST_CASE("a task that fails every night is seen although its source is loaded by another") {
    const auto* backend = GENERATE("sqlite", "postgres");
    OneJob world({}, backend);
    std::vector<BodyExecution> executions;
    for (unsigned night = 1; night <= 8; ++night) {
        executions.push_back(
            {.id = night,
             .job = 1,
             .created = fmt::format("2026-10-0{}T02:00:00", night),
             .ended = fmt::format("2026-10-0{}T02:10:00", night),
             .messages = {loaded("CRM - orders"),
                          night < 3 ? loaded("CRM - accounts") : failed("CRM - accounts")}});
    }
    world.set(executions);
    world.sync();
    CHECK(world.rows("last_successful_load").at(0).text("last_success_at_utc") ==
          "2026-10-08 02:00:00.000000");
    const auto failing = world.rows("failing_tasks");
    REQUIRE(failing.size() == 1);
    CHECK(failing[0].text("transfer_task") == "CRM - accounts");
    CHECK(failing[0].integer("failed_runs") == 6);
    CHECK(failing[0].text("failing_since_utc") == "2026-10-03 02:00:01.000000");
    CHECK(failing[0].text("last_failed_at_utc") == "2026-10-08 02:00:01.000000");
    CHECK(failing[0].text("last_success_at_utc") == "2026-10-02 02:00:01.000000");
    CHECK(failing[0].text("last_error") == "login");
    const Row orders = row_where(world, "task_activity", "transfer_task", "CRM - orders");
    CHECK(orders.integer("failed_runs") == 0);
    CHECK(orders.text("last_success_at_utc") == "2026-10-08 02:00:00.000000");
    CHECK(world.damage().empty());
}

TEST_CASE("a rule that knows only the start does not make a loaded source one never loaded") {
    const auto* backend = GENERATE("sqlite", "postgres");
    const std::string start = "Executing transfer task 'CRM - a'";
    OneJob world({}, backend);
    world.set({execution_at(1, *timestamp_from_text("2026-10-01 02:00:00.000000"), {start}),
               execution_at(2, *timestamp_from_text("2026-10-02 02:00:00.000000"), {start}),
               execution_at(3, *timestamp_from_text("2026-10-03 02:00:00.000000"), {start}, 2)});
    world.sync();
    const Row load = world.rows("last_successful_load").at(0);
    CHECK(load.text("success_basis") == "execution");
    CHECK(load.text("last_success_at_utc") == "2026-10-02 02:10:00.000000");
    CHECK(load.text("last_run_at_utc") == "2026-10-03 02:00:00.000000");
    CHECK(load.text("job") == "Nightly");

    // one failure that is told, and the completed executions say nothing any more
    world.set({execution_at(4, *timestamp_from_text("2026-10-04 02:00:00.000000"),
                            {start, failed("CRM - a")})});
    world.sync();
    const Row row = world.rows("last_successful_load").at(0);
    CHECK(row.text("success_basis").empty());
    CHECK(row.text("last_success_at_utc").empty());
    CHECK(row.text("last_outcome") == "failed");
    CHECK(world.damage().empty());
}

TEST_CASE("a task that a completed execution only started after it failed did not succeed") {
    const auto* backend = GENERATE("sqlite", "postgres");
    const std::string start = "Executing transfer task 'CRM - a'";
    OneJob world({}, backend);
    world.set({execution_at(1, *timestamp_from_text("2026-10-01 02:00:00.000000"),
                            {start, failed("CRM - a"), start})});
    world.sync();
    CHECK(world.rows("task_run").at(0).text("completed_at").empty());
    CHECK(world.rows("last_successful_load").at(0).text("last_success_at_utc").empty());
    CHECK(world.damage().empty());
}

TEST_CASE("the last run of a source is the last that any message named") {
    const auto* backend = GENERATE("sqlite", "postgres");
    OneJob world({}, backend);
    world.config.attribution.rules.push_back({"named", "^About '(?P<task>.+)'$"});
    const auto at = [](const std::string& day) {
        return *timestamp_from_text(day + " 02:00:00.000000");
    };
    world.set({execution_at(1, at("2026-09-01"), {loaded("CRM - a")}),
               execution_at(2, at("2026-10-01"), {"About 'CRM - a'", "About 'xyz'"}),
               execution_at(3, at("2026-10-02"), {"About 'CRM - a'", "About 'xyz'"}, 2)});
    world.sync();
    const Row load = world.rows("last_successful_load").at(0);
    CHECK(load.text("last_success_at_utc") == "2026-09-01 02:00:00.000000");
    CHECK(load.text("success_basis") == "task");
    CHECK(load.text("last_run_at_utc") == "2026-10-02 02:00:00.000000");
    CHECK(load.text("last_outcome") == "unknown");
    const Row nobodys = world.rows("unattributed_tasks").at(0);
    CHECK(nobodys.text("transfer_task") == "xyz");
    CHECK(nobodys.integer("runs") == 2);
    CHECK(nobodys.text("last_run_at_utc") == "2026-10-02 02:00:01.000000");
    CHECK(world.damage().empty());
}

TEST_CASE("an execution package is no task without a source") {
    const auto* backend = GENERATE("sqlite", "postgres");
    OneJob world({}, backend);
    RuleConfig package{"package", "^Package '(?P<task>.+)' done$", TaskOutcome::succeeded};
    package.kind = TaskKind::execution_package;
    world.config.attribution.rules.push_back(package);
    world.set({execution_at(1, *timestamp_from_text("2026-10-01 02:00:00.000000"),
                            {loaded("CRM - a"), "Package 'Nightly package' done"})});
    world.sync();
    CHECK(world.rows("unattributed_tasks").empty());
    CHECK(world.rows("failing_tasks").empty());
    CHECK(world.rows("task_activity").size() == 1);
    CHECK(world.rows("fact_task_run").size() == 2);
    CHECK(world.damage().empty());
}

TEST_CASE("the source of a job that is excluded says so until the job is synced again") {
    const auto* backend = GENERATE("sqlite", "postgres");
    SyncWorld world(backend);
    world.source.listed = {{numbered(1), "J"}, {numbered(2), "K"}};
    const auto at = *timestamp_from_text("2026-10-08 02:00:00.000000");
    world.source.bodies[numbered(1)] = body_of({execution_at(1, at, {loaded("SJ - a")}, 1, 1)});
    world.source.bodies[numbered(2)] = body_of({execution_at(2, at, {loaded("SK - a")}, 1, 2)});
    world.sync();
    world.config.sync.exclude = {"K"};
    set_world_clock("2026-10-10 06:00:00");
    world.sync();
    const std::string since = "2026-10-10 06:00:00.000000";
    set_world_clock("2026-10-11 06:00:00");
    world.sync();
    const auto excluded = [&](const std::string& source) {
        return row_where(world, "last_successful_load", "data_source", source)
            .text("job_excluded_since_utc");
    };
    CHECK(excluded("SK") == since);
    CHECK(excluded("SJ").empty());
    CHECK(row_where(world, "jobs", "job", "K").text("excluded_since_utc") == since);
    CHECK(row_where(world, "watermarks", "job", "K").text("excluded_since_utc") == since);
    CHECK(row_where(world, "dim_job", "job", "K").integer("is_excluded") == 1);
    CHECK(row_where(world, "dim_job", "job", "K").integer("is_missing") == 0);
    CHECK(row_where(world, "dim_job", "job", "J").integer("is_excluded") == 0);
    world.config.sync.exclude = {};
    world.sync();
    CHECK(excluded("SK").empty());
    CHECK(world.damage().empty());
}

TEST_CASE("a retired source is never late, and is late again when it is not retired any more") {
    const auto* backend = GENERATE("sqlite", "postgres");
    Loads world(backend, nights(40, 60 * days));
    world.config.freshness.by_default = hours{26};
    world.sync();
    CHECK(row_where(world, "late_sources", "data_source", "CRM").integer("late_by_freshness") == 1);
    CHECK(world.late_by_habit());
    world.config.freshness.retired = {"CRM"};
    world.sync();
    for (const Row& late : world.rows("late_sources"))
        CHECK(late.text("data_source") != "CRM");
    const Row load = row_where(world, "last_successful_load", "data_source", "CRM");
    CHECK(load.integer("is_late") == 0);
    CHECK(load.integer("is_retired") == 1);
    CHECK(load.text("max_age_hours").empty());
    CHECK(row_where(world, "dim_data_source", "data_source", "CRM").integer("is_retired") == 1);
    world.config.freshness.retired = {};
    world.sync();
    CHECK(row_where(world, "last_successful_load", "data_source", "CRM").integer("is_late") == 1);
    CHECK(world.damage().empty());
}

TEST_CASE("two jobs of one name can be told apart in every view by job") {
    const auto* backend = GENERATE("sqlite", "postgres");
    SyncWorld world(backend);
    world.source.listed = {{numbered(1), "Same"}, {numbered(2), "Same"}};
    const auto at = *timestamp_from_text("2026-10-08 02:00:00.000000");
    world.source.bodies[numbered(1)] = body_of({execution_at(1, at, {loaded("A - a")}, 1, 1)});
    world.source.bodies[numbered(2)] = body_of({execution_at(2, at, {failed("B - b")}, 2, 2)});
    world.sync();
    const Row second = row_where(world, "job_durations", "job_id", to_text(numbered(2)));
    CHECK(second.integer("failed") == 1);
    CHECK(row_where(world, "job_durations", "job_id", to_text(numbered(1))).integer("failed") == 0);
    const auto warehouse = world.open();
    for (const ViewFile& view : view_files_of(warehouse->dialect())) {
        std::vector<std::string> columns;
        warehouse->read(view.name, {.columns = [&](const auto& names) { columns = names; },
                                    .row = [](const auto&) {}});
        const auto has = [&](const char* name) {
            return std::find(columns.begin(), columns.end(), name) != columns.end();
        };
        CAPTURE(view.name);
        CHECK((!has("job") || has("job_id")));
    }
    CHECK(world.damage().empty());
}

TEST_CASE("a fact says whose it is when a warehouse holds two organisations") {
    const auto* backend = GENERATE("sqlite", "postgres");
    SyncWorld world(backend);
    const auto at = *timestamp_from_text("2026-10-08 02:00:00.000000");
    const auto sync_as = [&](const std::string& organisation, unsigned job) {
        world.config.source.organisation = organisation;
        world.source.listed = {{numbered(job), "Nightly"}};
        world.source.bodies[numbered(job)] = body_of({execution_at(
            job, at, {loaded("CRM - a"), "Job ended", organisation + " says 'secret'"}, 1, job)});
        world.sync();
    };
    sync_as("Denmark", 1);
    sync_as("USA", 2);
    const auto usa = row_where(world, "dim_organisation", "organisation", "USA");
    for (const std::string fact : {"fact_execution", "fact_task_run", "fact_log"}) {
        std::map<std::string, int> rows;
        for (const Row& row : world.rows(fact))
            ++rows[row.text("organisation_key")];
        CAPTURE(fact);
        CHECK(rows.size() == 2);
        CHECK(rows[usa.text("organisation_key")] > 0);
    }
    const Row shared = row_where(world, "dim_message_shape", "message", "Job ended");
    CHECK(shared.text("organisation") == "(several)");
    CHECK(shared.integer("line_count") == 2);
    CHECK(shared.text("example").empty());
    const Row own = row_where(world, "dim_message_shape", "organisation", "USA");
    CHECK(own.text("example") == "USA says 'secret'");
    CHECK(world.damage().empty());
}

TEST_CASE("SQLite knows the type of every column of the star, as ODBC asks for it") {
    SyncWorld world;
    world.sync();
    sqlite3* opened = nullptr;
    const std::string file = (world.config.warehouse.base / "tidemark.db").string();
    REQUIRE(sqlite3_open_v2(file.c_str(), &opened, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK);
    const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> db{opened, sqlite3_close};
    const auto prepared = [&](const std::string& sql) {
        sqlite3_stmt* statement = nullptr;
        sqlite3_prepare_v2(opened, sql.c_str(), -1, &statement, nullptr);
        return std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)>{statement,
                                                                          sqlite3_finalize};
    };
    const auto text = [](const void* found) {
        return std::string{found == nullptr ? "" : static_cast<const char*>(found)};
    };
    int all_columns = 0;
    for (const ViewFile& view : view_files_of(world.open()->dialect())) {
        const std::string name{view.name};
        if (!name.starts_with("fact_") && (!name.starts_with("dim_") || name == "dim_date"))
            continue;
        // what the catalogue says of a column (SQLColumns), and what a result does (SQLDescribeCol)
        const auto catalogue = prepared("SELECT name, type FROM pragma_table_info('" + name + "')");
        const auto result = prepared("SELECT * FROM " + name);
        int place = 0;
        while (sqlite3_step(catalogue.get()) == SQLITE_ROW) {
            const std::string column = text(sqlite3_column_text(catalogue.get(), 0));
            const std::string type = text(sqlite3_column_text(catalogue.get(), 1));
            CAPTURE(name, column);
            CHECK_FALSE(type.empty());
            CHECK(type == text(sqlite3_column_decltype(result.get(), place++)));
            if (column.ends_with("_key") || column.starts_with("is_")) CHECK(type == "INTEGER");
            if (column.ends_with("_utc")) CHECK(type == "TIMESTAMP");
        }
        all_columns += place;
    }
    CHECK(all_columns > 80);
}
