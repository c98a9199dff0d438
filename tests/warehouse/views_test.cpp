#include "support/catch.hpp"
#include "templates/counts.hpp"
#include "warehouse/backends.hpp"
#include "warehouse/sql_files.hpp"
#include "warehouse/test_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

using namespace tidemark;
using namespace tidemark::test;

namespace {

std::string hours_ago(int hours) { return to_text(system_now() - std::chrono::hours{hours}); }

/// Whether a number that a view shows is about this, to a tenth.
bool near(const std::string& shown, double expected) {
    return std::abs(std::stod(shown) - expected) < 0.1;
}

/// Row of a view whose column has this value.
TextRow row_where(Warehouse& warehouse, std::string_view view, const std::string& column,
                  const std::string& value) {
    for (const TextRow& row : rows_of(warehouse, view)) {
        if (row.at(column) == value) return row;
    }
    throw std::logic_error(fmt::format("no row of '{}' has {} = '{}'", view, column, value));
}

ExecutionRow execution_with(Key key, const std::string& created_at, std::vector<TaskRunRow> runs) {
    auto row = execution(key, created_at);
    row.task_runs = std::move(runs);
    return row;
}

/// Finance is fresh, Sales failed last, Stock is late, Archive never ran; two tasks are of nobody.
Batch history() {
    Batch batch = foundation();
    batch.jobs.push_back(job(2, "Hourly load"));
    batch.data_sources = {data_source(1, "Finance", 8.0), data_source(2, "Sales"),
                          data_source(3, "Stock", 24.0), data_source(4, "Archive", 24.0)};
    batch.transfer_tasks = {
        transfer_task(1, "Load_GL", 1),         transfer_task(2, "Load_AP", 1),
        transfer_task(3, "Sales - Orders", 2),  transfer_task(4, "Stock - Levels", 3),
        transfer_task(5, "Archive - Files", 4), transfer_task(6, "Import Metadata")};
    auto old_run = execution_with(1, hours_ago(50),
                                  {task_run(1, TaskOutcome::succeeded, hours_ago(49)),
                                   task_run(3, TaskOutcome::succeeded, hours_ago(48)),
                                   task_run(4, TaskOutcome::succeeded, hours_ago(47)),
                                   task_run(6, TaskOutcome::succeeded, hours_ago(47))});
    auto new_run = execution_with(2, hours_ago(4),
                                  {task_run(1, TaskOutcome::succeeded, hours_ago(3)),
                                   task_run(2, TaskOutcome::succeeded, hours_ago(2)),
                                   task_run(3, TaskOutcome::failed, hours_ago(2))});
    new_run.job_key = 2;
    new_run.execution.state = State::failed;
    new_run.execution.logs = {log(1, "first", hours_ago(3)), log(2, "it's over", hours_ago(2))};
    new_run.task_runs[2].run.error_message = "login failed";
    std::string buffer;
    set_shape_keys(new_run.execution.logs, buffer);
    ShapeTally shapes(1);
    for (const Log& line : new_run.execution.logs)
        shapes.add(2, 2, line, std::nullopt);
    batch.shape_lines = shapes.release(Attribution(AttributionConfig{}));
    batch.new_executions = {old_run, new_run};
    return batch;
}

} // namespace

TEST_CASE("every view can be read on an empty warehouse", "[views]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    for (const ViewFile& view : view_files_of(db.warehouse->dialect())) {
        CAPTURE(view.name);
        // a dimension of the star has its row for what is not known
        std::size_t expected = view.name.starts_with("dim_") ? 1 : 0;
        if (view.name == "dim_date") expected += 2 * 365; // this year's and the next one's
        CHECK(rows_of(*db.warehouse, view.name).size() == expected);
    }
}

TEST_CASE("every moment that a view shows is named as UTC", "[views]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    db.warehouse->write(history());
    for (const ViewFile& view : view_files_of(db.warehouse->dialect())) {
        for (const TextRow& row : rows_of(*db.warehouse, view.name)) {
            for (const auto& [column, value] : row) {
                CAPTURE(view.name, column, value);
                CHECK((!timestamp_from_text(value) || column.ends_with("_utc")));
                CHECK_FALSE(column.ends_with("_at"));
            }
        }
    }
}

TEST_CASE("the last successful load is known per data source", "[views]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    const Batch batch = history();
    db.warehouse->write(batch);
    const auto source = [&](const std::string& name) {
        return row_where(*db.warehouse, "last_successful_load", "data_source", name);
    };
    CHECK(rows_of(*db.warehouse, "last_successful_load").size() == 4);

    const auto finance = source("Finance");
    CHECK(finance.at("last_success_at_utc") ==
          to_text(*batch.new_executions[1].task_runs[1].run.last_succeeded_at));
    CHECK(finance.at("transfer_task") == "Load_AP");
    CHECK(finance.at("job") == "Hourly load");
    CHECK(finance.at("last_outcome") == "succeeded");
    CHECK(finance.at("is_late") == "0");
    CHECK(near(finance.at("age_hours"), 2.0));
    CHECK(finance.at("organisation") == "default");

    const auto sales = source("Sales");
    CHECK(sales.at("job") == "Nightly load");
    CHECK(sales.at("last_success_at_utc") ==
          to_text(*batch.new_executions[0].task_runs[1].run.last_succeeded_at));
    CHECK(sales.at("last_outcome") == "failed");
    CHECK(sales.at("last_run_at_utc") ==
          to_text(*batch.new_executions[1].task_runs[2].run.ended_at));
    CHECK(sales.at("max_age_hours") == "NULL");
    CHECK(sales.at("is_late") == "0");

    CHECK(source("Stock").at("is_late") == "1");

    const auto archive = source("Archive");
    CHECK(archive.at("last_success_at_utc") == "NULL");
    CHECK(archive.at("transfer_task") == "NULL");
    CHECK(archive.at("job") == "NULL");
    CHECK(archive.at("age_hours") == "NULL");
    CHECK(archive.at("last_outcome") == "NULL");
    CHECK(archive.at("is_late") == "1");
}

TEST_CASE("a success counts though the task failed afterwards", "[views]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    Batch batch = foundation();
    batch.data_sources = {data_source(1, "Finance", 8.0)};
    batch.transfer_tasks = {transfer_task(1, "Load_GL", 1)};
    auto run = task_run(1, TaskOutcome::failed, hours_ago(1));
    run.run.last_succeeded_at = moment(hours_ago(2));
    batch.new_executions = {execution_with(1, hours_ago(3), {run})};
    db.warehouse->write(batch);
    const auto row = row_of(*db.warehouse, "last_successful_load");
    CHECK(row.at("last_success_at_utc") == to_text(*run.run.last_succeeded_at));
    CHECK(row.at("last_outcome") == "failed");
    CHECK(row.at("is_late") == "0");
}

TEST_CASE("late sources are late by rule or by habit", "[views]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    Batch batch = history();
    batch.data_sources.push_back(data_source(5, "Hourly"));
    batch.transfer_tasks.push_back(transfer_task(7, "Hourly - Rows", 5));
    for (int load = 0; load < 15 * 24; ++load) { // fifteen days: fourteen make a habit
        const auto at = hours_ago(10 + load);
        batch.new_executions.push_back(
            execution_with(100 + load, at, {task_run(7, TaskOutcome::succeeded, at)}));
    }
    db.warehouse->write(batch);
    CHECK(rows_of(*db.warehouse, "late_sources").size() == 3);
    const auto hourly = row_where(*db.warehouse, "late_sources", "data_source", "Hourly");
    CHECK(hourly.at("late_by_habit") == "1");
    CHECK(hourly.at("late_by_freshness") == "0");
    CHECK(near(hourly.at("longest_gap_hours"), 1.0));
    const auto stock = row_where(*db.warehouse, "late_sources", "data_source", "Stock");
    CHECK(stock.at("late_by_freshness") == "1");
    CHECK(stock.at("late_by_habit") == "0");
    CHECK(stock.at("longest_gap_hours") == "NULL");
    const auto loads = rows_of(*db.warehouse, "recent_loads");
    CHECK(std::count_if(loads.begin(), loads.end(), [](const TextRow& row) {
              return row.at("data_source") == "Hourly";
          }) == 30);
}

TEST_CASE("failures are told with what they said", "[views]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    Batch batch = history();
    auto silent = execution(3, hours_ago(1));
    silent.execution.state = State::failed;
    silent.execution.logs = {log(8, "starting", hours_ago(0)),
                             log(7, "out of memory", hours_ago(0))};
    order_lines(silent.execution.logs);
    batch.new_executions.push_back(silent);
    db.warehouse->write(batch);
    const auto failed = rows_of(*db.warehouse, "failed_runs");
    REQUIRE(failed.size() == 2);
    CHECK(failed[0].at("first_error") == "NULL");
    CHECK(failed[0].at("last_message") == "out of memory");
    CHECK(failed[0].at("failed_tasks") == "0");
    CHECK(failed[1].at("job") == "Hourly load");
    CHECK(failed[1].at("first_error") == "login failed");
    CHECK(failed[1].at("failed_tasks") == "1");
    CHECK(near(failed[1].at("seconds"), 600));

    const auto messages = rows_of(*db.warehouse, "last_failure_messages");
    REQUIRE(messages.size() == 4);
    CHECK(messages[0].at("message") == "first");
    CHECK(messages[1].at("message") == "it's over");
    CHECK(messages[2].at("message") == "starting");
}

TEST_CASE("open executions look running, abandoned or lost", "[views]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    Batch batch = foundation();
    auto rejected_in_part = execution(4);
    rejected_in_part.execution.incomplete = true;
    batch.new_executions = {running_execution(1, hours_ago(3)), running_execution(2, hours_ago(2)),
                            running_execution(3, hours_ago(1)), rejected_in_part};
    batch.new_executions[1].abandoned_since = system_now();
    batch.new_executions[2].abandoned_since = batch.new_executions[2].lost_since = system_now();
    db.warehouse->write(batch);
    const auto rows = rows_of(*db.warehouse, "running_now");
    REQUIRE(rows.size() == 3);
    CHECK(rows[0].at("looks") == "lost");
    CHECK(rows[1].at("looks") == "abandoned");
    CHECK(rows[2].at("looks") == "running");
    CHECK(near(rows[2].at("hours_open"), 3.0));
}

TEST_CASE("durations are told per day", "[views]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    Batch batch = foundation();
    batch.data_sources = {data_source(1, "Finance")};
    batch.transfer_tasks = {transfer_task(1, "Load_GL", 1)};
    const std::string day = "2026-10-09";
    auto slow = execution_with(1, day + " 03:00:00.000000",
                               {task_run(1, TaskOutcome::succeeded, day + " 03:10:00.000000")});
    auto quick = execution_with(2, day + " 05:00:00.000000",
                                {task_run(1, TaskOutcome::failed, day + " 05:01:00.000000")});
    quick.execution.ended_at = quick.execution.created_at + std::chrono::milliseconds{1500};
    quick.execution.state = State::failed;
    quick.task_runs[0].run.started_at = *quick.task_runs[0].run.ended_at - std::chrono::minutes{2};
    batch.new_executions = {slow, quick, running_execution(3, day + " 06:00:00.000000"),
                            execution(4, "2026-10-10 03:00:00.000000")};
    db.warehouse->write(batch);

    const auto jobs = row_where(*db.warehouse, "job_durations", "day", day);
    CHECK(jobs.at("runs") == "3");
    CHECK(jobs.at("failed") == "1");
    CHECK(near(jobs.at("min_seconds"), 1.5));
    CHECK(near(jobs.at("avg_seconds"), 300.75));
    CHECK(near(jobs.at("max_seconds"), 600));
    const auto tasks = row_of(*db.warehouse, "task_durations");
    CHECK(tasks.at("day") == day);
    CHECK(tasks.at("data_source") == "Finance");
    CHECK(near(tasks.at("min_seconds"), 120));
    CHECK(near(tasks.at("max_seconds"), 600));
    CHECK(tasks.at("failed") == "1");
}

TEST_CASE("the state of syncs and jobs can be read", "[views]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    Batch batch = history();
    batch.sync_runs.push_back(sync_run(2));
    batch.sync_runs[1].outcome = SyncOutcome::partial;
    batch.sync_runs[1].error = "one job failed";
    batch.sync_jobs = {
        {.sync_run_key = 1, .job_key = 1, .outcome = SyncOutcome::succeeded},
        {.sync_run_key = 2, .job_key = 1, .outcome = SyncOutcome::failed, .error = "no array"}};
    batch.watermarks = {{.job_key = 1, .loaded_through = moment("2026-10-09 03:00:00.000000")}};
    batch.rejected = {rejected(1, 77)};
    batch.gaps = {{.job_key = 1,
                   .missing_from = moment("2026-01-01 00:00:00.000000"),
                   .missing_until = moment("2026-02-01 00:00:00.000000"),
                   .sync_run_key = 2}};
    db.warehouse->write(batch);

    const auto nightly = row_where(*db.warehouse, "watermarks", "job", "Nightly load");
    CHECK(nightly.at("loaded_through_utc") == "2026-10-09 03:00:00.000000");
    CHECK(nightly.at("last_sync_outcome") == "failed");
    CHECK(nightly.at("last_sync_error") == "no array");
    const auto hourly = row_where(*db.warehouse, "watermarks", "job", "Hourly load");
    CHECK(hourly.at("loaded_through_utc") == "NULL");
    CHECK(hourly.at("last_sync_outcome") == "NULL");

    const auto syncs = rows_of(*db.warehouse, "recent_syncs");
    REQUIRE(syncs.size() == 2);
    CHECK(syncs[0].at("outcome") == "partial");
    CHECK(syncs[0].at("error") == "one job failed");
    CHECK(near(syncs[0].at("seconds"), 1.5));

    CHECK(row_of(*db.warehouse, "rejected_records").at("reason") == "'soon' is no moment");
    CHECK(row_of(*db.warehouse, "history_gaps").at("missing_until_utc") ==
          "2026-02-01 00:00:00.000000");
    CHECK(row_of(*db.warehouse, "unattributed_tasks").at("transfer_task") == "Import Metadata");
    CHECK(row_of(*db.warehouse, "unattributed_tasks").at("runs") == "1");
    CHECK(rows_of(*db.warehouse, "state_codes").size() == 2);

    const auto job_row = row_where(*db.warehouse, "jobs", "job", "Hourly load");
    CHECK(job_row.at("executions") == "1");
    CHECK(job_row.at("last_state") == "failed");
}

TEST_CASE("every view is the same in both databases", "[views]") {
    const MigratedDatabase sqlite("sqlite");
    const MigratedDatabase postgres("postgres");
    Batch batch = history();
    batch.organisations.push_back(organisation(2, "\xC3\x84rzte"));
    batch.organisations.push_back(organisation(3, "Zoo"));
    batch.jobs.push_back(job(3, "nightly load", 3));
    batch.new_executions.push_back(running_execution(9, hours_ago(1)));
    batch.new_executions[0].task_runs[0].run.row_count = 5;
    batch.rejected = {rejected(1, 77)};
    sqlite.warehouse->write(batch);
    postgres.warehouse->write(batch);
    const auto columns_of = [](Warehouse& warehouse, std::string_view view) {
        std::vector<std::string> names;
        warehouse.read(view, {.columns = [&](const auto& columns) { names = columns; },
                              .row = [](const auto&) {}});
        return names;
    };
    // what is told of now differs by the time between the two questions
    const auto timeless = [](std::vector<TextRow> rows) {
        for (TextRow& row : rows) {
            row.erase("age_hours");
            row.erase("hours_open");
        }
        std::sort(rows.begin(), rows.end()); // the star promises no order
        return rows;
    };
    for (const ViewFile& view : view_files_of(sqlite.warehouse->dialect())) {
        CAPTURE(view.name);
        CHECK(columns_of(*sqlite.warehouse, view.name) ==
              columns_of(*postgres.warehouse, view.name));
        CHECK(timeless(rows_of(*sqlite.warehouse, view.name)) ==
              timeless(rows_of(*postgres.warehouse, view.name)));
    }
    CHECK(contents(*sqlite.warehouse) == contents(*postgres.warehouse));
}
