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
    batch.watermarks = {{.job_key = 1,
                         .loaded_through = moment("2026-10-09 03:00:00.000000"),
                         .open_executions = 3,
                         .oldest_available_at = moment("2026-10-01 00:00:00.000000")}};
    db.warehouse->write(batch);

    const auto history = db.warehouse->history(1);
    CHECK(history.watermark == batch.watermarks[0]);
    CHECK(history.newest_created_at == moment("2026-10-09 07:00:00.000000"));
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
                                  .open = true,
                                  .abandoned_since = row.abandoned_since};
    CHECK((found == std::vector{expected}));
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
    db.warehouse->settle();
    CHECK(contents(*db.warehouse) == before);
    CHECK(contents(*reader) == before);
}
