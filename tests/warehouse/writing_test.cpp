#include "error.hpp"
#include "support/catch.hpp"
#include "warehouse/backends.hpp"
#include "warehouse/calendar.hpp"
#include "warehouse/test_rows.hpp"

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// A bit of everything that a batch can hold.
Batch full_batch() {
    Batch batch = foundation();
    batch.data_sources = {data_source(1, "Finance", 8.0)};
    batch.transfer_tasks = {transfer_task(1, "Load_GL", 1), transfer_task(2, "Import Metadata")};
    auto first = execution(1);
    first.execution.trigger_id = guid(99);
    first.execution.extra = R"({"Node":"a"})";
    first.execution.logs = {log(2, "second"), log(1, std::nullopt)};
    first.log_count = 2;
    first.task_runs = {task_run(1, TaskOutcome::succeeded, "2026-10-09 03:09:00.000000"),
                       task_run(2, TaskOutcome::failed, "2026-10-09 03:08:00.000000")};
    batch.new_executions = {first};
    batch.changed_executions = {running_execution(2)};
    batch.sync_jobs = {{.sync_run_key = 1, .job_key = 1, .outcome = SyncOutcome::partial}};
    batch.rejected = {rejected(1, 77)};
    batch.gaps = {{.job_key = 1,
                   .missing_from = moment("2026-01-01 00:00:00.000000"),
                   .missing_until = moment("2026-02-01 00:00:00.000000"),
                   .sync_run_key = 1}};
    batch.watermarks = {{.job_key = 1, .loaded_through = moment("2026-10-09 03:00:00.000000")}};
    return batch;
}

/// The same rows by the way of those that may be stored already.
Batch again(Batch batch) {
    for (ExecutionRow& row : batch.new_executions)
        batch.changed_executions.push_back(row);
    batch.new_executions.clear();
    return batch;
}

} // namespace

TEST_CASE("writing a batch again changes nothing", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    db.warehouse->write(full_batch());
    const auto once = contents(*db.warehouse);
    db.warehouse->write(again(full_batch()));
    CHECK(contents(*db.warehouse) == once);
    CHECK(once.at("execution").size() == 2);
    CHECK(once.at("execution_log").size() == 2);
    CHECK(once.at("task_run").size() == 2);
    CHECK(once.at("rejected_record").size() == 1);
}

TEST_CASE("a batch that fails at its end leaves nothing", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    const auto before = contents(*db.warehouse);
    CHECK(before.at("execution").empty());
    auto batch = full_batch();
    batch.calendar = calendar(first_plausible_day, first_plausible_day);
    batch.watermarks.push_back({.job_key = 4711});
    CHECK_THROWS_AS(db.warehouse->write(batch), Error);
    CHECK(contents(*db.warehouse) == before);
    db.warehouse->write(full_batch());
    CHECK(rows_of(*db.warehouse, "execution").size() == 2);
}

TEST_CASE("an execution cannot be stored under two keys", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    db.warehouse->write(foundation());
    auto twin = execution(2);
    twin.execution.id = guid(1);
    CHECK_THROWS_AS(db.warehouse->write(new_executions({execution(1), twin})), Error);
    CHECK(rows_of(*db.warehouse, "execution").empty());
}

TEST_CASE("nothing of a failed batch is in the next one", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    auto batch = full_batch();
    auto twin = execution(3);
    twin.execution.id = guid(1);
    batch.new_executions.push_back(twin);
    CHECK_THROWS_AS(db.warehouse->write(batch), Error);
    batch = {}; // whoever still looks at its rows finds none
    db.warehouse->write(foundation());
    for (const std::string_view table : {"execution", "execution_log", "task_run"})
        CHECK(rows_of(*db.warehouse, table).empty());
}

TEST_CASE("another connection sees a batch only when all of it is stored", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    const auto reader = db.database->open(OpenMode::read_only);
    CHECK(rows_of(*reader, "execution").empty());
    db.warehouse->write(full_batch());
    CHECK(contents(*reader) == contents(*db.warehouse));
}

TEST_CASE("of the same key twice in a batch the last one wins", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    Batch batch = foundation();
    batch.organisations.push_back(organisation(1, "renamed"));
    batch.jobs.push_back(job(1, "renamed"));
    batch.data_sources = {data_source(1, "a"), data_source(1, "b")};
    batch.transfer_tasks = {transfer_task(1, "t", 1), transfer_task(1, "u", 1)};
    auto earlier = running_execution(1);
    earlier.execution.logs = {log(1, "earlier")};
    auto later = execution(1);
    later.execution.logs = {log(1, "later")};
    later.task_runs = {task_run(1, TaskOutcome::failed, "2026-10-09 03:08:00.000000"),
                       task_run(1, TaskOutcome::succeeded, "2026-10-09 03:09:00.000000")};
    const bool is_new = GENERATE(true, false);
    (is_new ? batch.new_executions : batch.changed_executions) = {earlier, later};
    batch.sync_runs.push_back(sync_run(1));
    batch.sync_runs.back().outcome = SyncOutcome::failed;
    batch.sync_jobs = {{.sync_run_key = 1, .job_key = 1, .outcome = SyncOutcome::running},
                       {.sync_run_key = 1, .job_key = 1, .outcome = SyncOutcome::succeeded}};
    batch.watermarks = {{.job_key = 1, .open_executions = 1}, {.job_key = 1}};
    db.warehouse->write(batch);

    CHECK(row_of(*db.warehouse, "organisation").at("name") == "renamed");
    CHECK(row_of(*db.warehouse, "job").at("name") == "renamed");
    CHECK(row_of(*db.warehouse, "data_source").at("name") == "b");
    CHECK(row_of(*db.warehouse, "transfer_task").at("name") == "u");
    CHECK(row_of(*db.warehouse, "execution").at("state") == "completed");
    CHECK(row_of(*db.warehouse, "execution_log").at("message") == "later");
    CHECK(row_of(*db.warehouse, "task_run").at("outcome") == "succeeded");
    CHECK(row_of(*db.warehouse, "sync_run").at("outcome") == "failed");
    CHECK(row_of(*db.warehouse, "sync_job").at("outcome") == "succeeded");
    CHECK(row_of(*db.warehouse, "watermark").at("open_executions") == "0");
}

TEST_CASE("a running execution grows until it ends", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    db.warehouse->write(foundation());
    auto row = running_execution(1);
    row.execution.logs = {log(1, "one")};
    row.log_count = 1;
    db.warehouse->write(new_executions({row}));

    auto ended = execution(1);
    ended.execution.logs = {log(2, "two")};
    ended.log_count = 2;
    ended.first_seen_at = ended.changed_at = moment("2026-10-11 06:00:00.000000");
    Batch batch;
    batch.changed_executions = {ended};
    db.warehouse->write(batch);

    const auto stored = row_of(*db.warehouse, "execution");
    CHECK(stored.at("state") == "completed");
    CHECK(stored.at("duration_ms") == "600000");
    CHECK(stored.at("log_count") == "2");
    CHECK(rows_of(*db.warehouse, "execution_log").size() == 2);
    const auto known = db.warehouse->find(std::vector{guid(1)});
    REQUIRE(known.size() == 1);
    CHECK(known[0].first_seen_at == row.first_seen_at);
    CHECK_FALSE(known[0].open);
}

TEST_CASE("the task runs of a changed execution replace what is stored", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    Batch batch = foundation();
    batch.transfer_tasks = {transfer_task(1, "a"), transfer_task(2, "b")};
    auto row = execution(1);
    row.task_runs = {task_run(1, TaskOutcome::succeeded, "2026-10-09 03:08:00.000000")};
    batch.new_executions = {row};
    db.warehouse->write(batch);

    row.task_runs = {task_run(2, TaskOutcome::failed, "2026-10-09 03:09:00.000000")};
    row.task_runs[0].run.row_count = 0;
    row.task_runs[0].run.error_message = "";
    Batch change;
    change.changed_executions = {row};
    db.warehouse->write(change);
    const auto stored = row_of(*db.warehouse, "task_run");
    CHECK(stored.at("transfer_task_key") == "2");
    CHECK(stored.at("outcome") == "failed");
    CHECK(stored.at("last_succeeded_at") == "NULL");
    CHECK(stored.at("row_count") == "0");
    CHECK(stored.at("error_message").empty());
}

TEST_CASE("an error is stored whole, with its code, and shown by its first line", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    const auto line_of = [&](const std::optional<std::string>& error) {
        static Key key = 0;
        Batch batch = foundation();
        batch.transfer_tasks = {transfer_task(1, "a")};
        auto row = execution(++key);
        row.task_runs = {task_run(1, TaskOutcome::failed, "2026-10-09 03:08:00.000000")};
        row.task_runs[0].run.error_message = error;
        row.task_runs[0].run.error_code = "207";
        batch.new_executions = {row};
        db.warehouse->write(batch);
        CHECK(db.warehouse->task_runs(key).at(0).run == row.task_runs[0].run);
        return rows_of(*db.warehouse, "task_run").back().at("error_line");
    };
    CHECK(line_of("\r\n first line \r\nsecond\nthird") == "first line");
    CHECK(line_of("one") == "one");
    CHECK(line_of("") == "");
    CHECK(line_of(std::nullopt) == "NULL");
}

TEST_CASE("a rejected record is stored once per job and content", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    Batch batch = foundation();
    batch.jobs.push_back(job(2));
    batch.jobs.back().job_id = guid(2);
    batch.sync_runs.push_back(sync_run(2));
    batch.rejected = {rejected(1, 77), rejected(2, 77), rejected(3, UINT64_MAX)};
    db.warehouse->write(batch);
    Batch next_night;
    next_night.rejected = {rejected(4, 77), rejected(5, 77)};
    next_night.rejected[0].sync_run_key = 2;
    next_night.rejected[1].job_key = 2;
    db.warehouse->write(next_night);

    CHECK(rows_of(*db.warehouse, "rejected_record").size() == 3);
    const auto known = db.warehouse->history(1).rejections;
    REQUIRE(known.size() == 2);
    CHECK(known[0].rejected_record_key == 1);
    CHECK(known[0].content_hash == 77);
    CHECK(known[0].execution_id == guid(7));
    CHECK(known[1].content_hash == UINT64_MAX);
}

TEST_CASE("a resolved rejection is remembered, but no longer looked at", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    Batch batch = foundation();
    batch.rejected = {rejected(1, 77), rejected(2, 78)};
    db.warehouse->write(batch);
    Batch next_night;
    next_night.resolved_rejections = {1};
    db.warehouse->write(next_night);
    const auto known = db.warehouse->history(1).rejections;
    REQUIRE(known.size() == 1);
    CHECK(known[0].rejected_record_key == 2);
    CHECK(rows_of(*db.warehouse, "rejected_record").size() == 2);
    CHECK(rows_of(*db.warehouse, "rejected_records").size() == 1);
}

TEST_CASE("marks say which executions are lost or abandoned", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    db.warehouse->write(foundation());
    db.warehouse->write(new_executions({running_execution(1), running_execution(2)}));
    const auto since = moment("2026-10-11 06:00:00.000000");
    Batch batch;
    batch.marks = {{.execution_key = 1, .lost_since = since},
                   {.execution_key = 2, .abandoned_since = since}};
    db.warehouse->write(batch);
    const auto pending = db.warehouse->history(1).pending;
    REQUIRE(pending.size() == 2);
    CHECK(pending[0].lost_since == since);
    CHECK_FALSE(pending[0].abandoned_since);
    CHECK(pending[1].abandoned_since == since);
}

TEST_CASE("two organisations live side by side", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    Batch batch = foundation();
    batch.organisations.push_back(organisation(2, "second"));
    batch.jobs.push_back(job(2, "Nightly load", 2));
    batch.jobs.back().job_id = batch.jobs.front().job_id;
    batch.data_sources = {data_source(1, "Finance"), data_source(2, "Finance", 8.0, 2)};
    batch.transfer_tasks = {
        transfer_task(1, "Import Metadata", 1), transfer_task(2, "Import Metadata", 2, 2),
        transfer_task(3, "Import Metadata"), transfer_task(4, "Import Metadata", {}, 2)};
    db.warehouse->write(batch);

    const auto first = db.warehouse->dimensions("default");
    const auto second = db.warehouse->dimensions("second");
    CHECK(first.organisation == batch.organisations[0]);
    CHECK(first.jobs == std::vector{batch.jobs[0]});
    CHECK(second.jobs == std::vector{batch.jobs[1]});
    CHECK(second.data_sources == std::vector{batch.data_sources[1]});
    CHECK(second.transfer_tasks == std::vector{batch.transfer_tasks[1], batch.transfer_tasks[3]});
    CHECK(first.last_job_key == 2);
    CHECK(first.last_transfer_task_key == 4);
    const auto none = db.warehouse->dimensions("third");
    CHECK_FALSE(none.organisation);
    CHECK(none.jobs.empty());
    CHECK(none.last_organisation_key == 2);
    CHECK(none.last_execution_key == 0);
}
