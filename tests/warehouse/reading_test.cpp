#include "error.hpp"
#include "support/catch.hpp"
#include "warehouse/backends.hpp"
#include "warehouse/test_rows.hpp"

#include <algorithm>

using namespace tidemark;
using namespace tidemark::test;

namespace {

std::vector<Key> keys_of(const std::vector<KnownExecution>& executions) {
    std::vector<Key> keys;
    for (const KnownExecution& execution : executions)
        keys.push_back(execution.execution_key);
    std::sort(keys.begin(), keys.end());
    return keys;
}

} // namespace

TEST_CASE("a job of which nothing is stored has an empty history", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    const auto history = db.warehouse->history(1);
    CHECK_FALSE(history.watermark);
    CHECK_FALSE(history.newest_created_at);
    CHECK(history.pending.empty());
    CHECK(history.rejections.empty());
    CHECK(db.warehouse->find(std::vector{guid(1)}).empty());
    CHECK(db.warehouse->find({}).empty());
}

TEST_CASE("a history names what is open or incomplete", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    Batch batch = foundation();
    auto incomplete = execution(3, "2026-10-09 05:00:00.000000");
    incomplete.execution.incomplete = true;
    auto still_running = execution(4, "2026-10-09 06:00:00.000000");
    still_running.execution.state = State::running;
    auto endless = running_execution(5, "2026-10-09 07:00:00.000000");
    endless.execution.state = State::completed;
    batch.new_executions = {execution(1), running_execution(2), incomplete, still_running, endless};
    batch.rejected = {rejected(1, 77)};
    batch.watermarks = {{.job_key = 1,
                         .loaded_through = moment("2026-10-09 03:00:00.000000"),
                         .open_executions = 3,
                         .oldest_available_at = moment("2026-10-01 00:00:00.000000"),
                         .body_order = BodyOrder::newest_first,
                         .whole_through = moment("2026-10-08 03:00:00.000000"),
                         .etag = "W/\"a\"",
                         .last_modified = "Fri, 09 Oct 2026 03:00:00 GMT",
                         .read_settings = "0123456789abcdef"}};
    db.warehouse->write(batch);

    const auto history = db.warehouse->history(1);
    CHECK(history.watermark == batch.watermarks[0]);
    CHECK(history.newest_created_at == moment("2026-10-09 07:00:00.000000"));
    REQUIRE(history.rejections.size() == 1);
    CHECK(history.rejections[0].first_seen_at == batch.rejected[0].first_seen_at);
    CHECK(keys_of(history.pending) == std::vector<Key>{2, 3, 4, 5});
    for (const KnownExecution& pending : history.pending) {
        CAPTURE(pending.execution_key);
        CHECK(pending.open == (pending.execution_key != 3));
        CHECK(pending.incomplete == (pending.execution_key == 3));
    }
}

TEST_CASE("finding executions tells all that a sync needs", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    Batch batch = foundation();
    std::vector<Guid> ids;
    for (Key key = 1; key <= 1500; ++key) {
        batch.new_executions.push_back(running_execution(key));
        ids.push_back(guid(static_cast<std::uint64_t>(key)));
    }
    batch.new_executions[6].abandoned_since = moment("2026-10-11 00:00:00.000000");
    db.warehouse->write(batch);
    ids.push_back(guid(9999));
    CHECK(db.warehouse->find(ids).size() == 1500);

    const auto found = db.warehouse->find(std::vector{guid(7)});
    const auto& row = batch.new_executions[6];
    const KnownExecution expected{.id = guid(7),
                                  .execution_key = 7,
                                  .job_key = 1,
                                  .created_at = row.execution.created_at,
                                  .first_seen_at = row.first_seen_at,
                                  .content_hash = row.execution.content_hash,
                                  .state = row.execution.state,
                                  .log_count = row.log_count,
                                  .open = true,
                                  .abandoned_since = row.abandoned_since};
    CHECK((found == std::vector{expected}));
}

TEST_CASE("executions are held by the job that they are stored of, and by no other",
          "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    Batch batch = foundation();
    batch.new_executions = {running_execution(1), running_execution(2)};
    db.warehouse->write(batch);
    const std::vector<Guid> ids{guid(2), guid(9999), guid(1)};
    auto held = db.warehouse->held(1, ids);
    std::sort(held.begin(), held.end());
    CHECK(held == std::vector{guid(1), guid(2)});
    CHECK(db.warehouse->held(2, ids).empty());
    CHECK(db.warehouse->held(1, {}).empty());
}

TEST_CASE("the newest execution before a moment is not the one at it", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    db.warehouse->write(foundation());
    db.warehouse->write(new_executions(
        {execution(1, "2026-10-09 03:00:00.000000"), execution(2, "2026-10-09 03:00:00.000001")}));
    const auto first = moment("2026-10-09 03:00:00.000000");
    const auto second = moment("2026-10-09 03:00:00.000001");
    CHECK(db.warehouse->newest_created_before(1, second) == first);
    CHECK(db.warehouse->newest_created_before(1, second + std::chrono::microseconds{1}) == second);
    CHECK_FALSE(db.warehouse->newest_created_before(1, first));
    CHECK_FALSE(db.warehouse->newest_created_before(2, second));
}

TEST_CASE("executions created between two moments are found without those that are lost",
          "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    db.warehouse->write(foundation());
    auto lost = running_execution(4, "2026-10-09 05:00:00.000000");
    lost.lost_since = moment("2026-10-10 00:00:00.000000");
    db.warehouse->write(new_executions({execution(1, "2026-10-09 02:59:59.999999"),
                                        execution(2, "2026-10-09 03:00:00.000000"),
                                        execution(3, "2026-10-09 04:00:00.000000"), lost}));
    const auto three = moment("2026-10-09 03:00:00.000000");
    const auto later = moment("2026-10-09 06:00:00.000000");
    auto found = db.warehouse->created_between(1, three, later);
    std::sort(found.begin(), found.end());
    CHECK(found == std::vector{guid(2), guid(3)});
    CHECK(db.warehouse->created_between(1, three, moment("2026-10-09 04:00:00.000000")) ==
          std::vector{guid(2)});
    CHECK(db.warehouse->created_between(2, three, later).empty());
}

TEST_CASE("stored executions come newest first, in whatever order they were stored",
          "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    db.warehouse->write(foundation());
    for (const Key key : {3, 1, 4, 2}) { // 2 and 3 were created at the same moment
        ExecutionRow stored = execution(5 - key, key == 1   ? "2026-10-08 03:00:00.000000"
                                                 : key == 4 ? "2026-10-10 03:00:00.000000"
                                                            : "2026-10-09 03:00:00.000000");
        stored.execution.id = guid(static_cast<std::uint64_t>(key));
        db.warehouse->write(new_executions({stored}));
    }
    std::vector<Guid> order;
    db.warehouse->each_execution(1, [&](const StoredExecution& stored) {
        order.push_back(stored.execution.id);
        return true;
    });
    CHECK(order == std::vector<Guid>{guid(4), guid(3), guid(2), guid(1)});
}

TEST_CASE("a history counts how often its body was stopped since it was read whole",
          "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    Batch batch = foundation();
    batch.jobs.push_back(job(2));
    const std::optional<BodyReading> failed;
    const std::vector readings = {std::optional{BodyReading::stopped},
                                  std::optional{BodyReading::whole},
                                  std::optional{BodyReading::stopped},
                                  std::optional{BodyReading::unchanged},
                                  failed,
                                  std::optional{BodyReading::stopped}};
    for (std::size_t i = 0; i < readings.size(); ++i) {
        const Key key = static_cast<Key>(i) + 1;
        batch.sync_runs.push_back(sync_run(key));
        batch.sync_jobs.push_back({.sync_run_key = key, .job_key = 1, .reading = readings[i]});
    }
    batch.sync_jobs.push_back({.sync_run_key = 1, .job_key = 2, .reading = BodyReading::stopped});
    db.warehouse->write(batch);
    CHECK(db.warehouse->history(1).stopped_reads == 2);
    CHECK(db.warehouse->history(2).stopped_reads == 1);
    CHECK(db.warehouse->history(3).stopped_reads == 0);
    CHECK(rows_of(*db.warehouse, "sync_job").size() == 7);
}

TEST_CASE("the histories of many jobs come in the order in which they were asked for",
          "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    Batch batch = foundation();
    batch.jobs.push_back(job(2));
    batch.jobs.push_back(job(3));
    auto of_second = running_execution(2, "2026-10-09 04:00:00.000000");
    of_second.job_key = 2;
    batch.new_executions = {running_execution(1), of_second};
    auto rejected_of_second = rejected(1, 77);
    rejected_of_second.job_key = 2;
    batch.rejected = {rejected_of_second};
    batch.watermarks = {{.job_key = 3, .open_executions = 5}};
    batch.sync_jobs = {{.sync_run_key = 1, .job_key = 2, .reading = BodyReading::stopped}};
    db.warehouse->write(batch);

    const std::vector<Key> keys{3, 1, 4, 2};
    const auto histories = db.warehouse->histories(keys);
    REQUIRE(histories.size() == 4);
    CHECK(histories[0].watermark == std::optional{batch.watermarks[0]});
    CHECK(histories[0].pending.empty());
    CHECK(keys_of(histories[1].pending) == std::vector<Key>{1});
    CHECK_FALSE(histories[2].newest_created_at);
    CHECK(keys_of(histories[3].pending) == std::vector<Key>{2});
    CHECK(histories[3].rejections.size() == 1);
    CHECK(histories[3].stopped_reads == 1);
    CHECK_FALSE(histories[3].watermark);
    CHECK(db.warehouse->histories({}).empty());

    const auto four = moment("2026-10-09 04:00:00.000000");
    const std::vector<CreationLimit> limits{{.job_key = 2, .before = Timestamp::max()},
                                            {.job_key = 1, .before = four},
                                            {.job_key = 2, .before = four}};
    const auto newest = db.warehouse->newest_created(limits);
    CHECK(newest == std::vector<std::optional<Timestamp>>{
                        four, moment("2026-10-09 03:00:00.000000"), std::nullopt});
    CHECK(db.warehouse->newest_created({}).empty());
}

TEST_CASE("only tables and views of ours can be read", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    const auto name = GENERATE("nothing", "", "job; DROP TABLE job", "job\" --", "sqlite_schema",
                               "pg_class", "jobs' OR '1'='1");
    CHECK_THROWS_AS(rows_of(*db.warehouse, name), Error);
    CHECK(rows_of(*db.warehouse, "job").empty());
}

TEST_CASE("settling changes nothing that can be seen", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    db.warehouse->write(foundation());
    const auto before = contents(*db.warehouse);
    const auto reader = db.database->open(OpenMode::read_only);
    db.warehouse->optimize();
    CHECK(contents(*db.warehouse) == before);
    CHECK(contents(*reader) == before);
}
