#include "support/catch.hpp"
#include "warehouse/backends.hpp"
#include "warehouse/test_rows.hpp"

using namespace tidemark;
using namespace tidemark::test;

namespace {

const std::string early = "2026-10-09 03:00:00.000000";
const std::string late = "2026-10-09 04:00:00.000000";

/// Lines of job 1 with the shape 7.
ShapeLines lines(std::int64_t count, const std::string& at, const std::string& example,
                 std::int64_t severity = 1) {
    return {.job_key = 1,
            .shape = {.organisation_key = 1,
                      .shape_key = 7,
                      .mask = "mask",
                      .first_seen_at = moment(at),
                      .last_seen_at = moment(at),
                      .line_count = count,
                      .worst_severity = severity,
                      .example = example,
                      .execution_key = 1,
                      .rule = "rule of " + example,
                      .outcome = TaskOutcome::failed}};
}

Batch batch_of(std::vector<ShapeLines> shape_lines) {
    Batch batch;
    batch.shape_lines = std::move(shape_lines);
    return batch;
}

} // namespace

TEST_CASE("lines of a shape are added to those that are stored", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    db.warehouse->write(foundation());
    db.warehouse->write(batch_of({lines(3, late, "late", 5)}));
    db.warehouse->write(batch_of({lines(2, early, "early", 1)}));
    const auto stored = row_of(*db.warehouse, "message_shape");
    CHECK(stored.at("shape_key") == "7");
    CHECK(stored.at("line_count") == "5");
    CHECK(stored.at("first_seen_at") == early);
    CHECK(stored.at("last_seen_at") == late);
    CHECK(stored.at("worst_severity") == "5");
    CHECK(stored.at("example") == "early");
    CHECK(stored.at("rule") == "rule of early");
    CHECK(stored.at("outcome") == "failed");
    const auto of_job = row_of(*db.warehouse, "message_shape_job");
    CHECK(of_job.at("line_count") == "5");
    CHECK(of_job.at("first_seen_at") == early);
    CHECK(of_job.at("last_seen_at") == late);
}

TEST_CASE("a shape is the same in whatever order its lines are written", "[warehouse]") {
    const auto backend = GENERATE(from_range(backends()));
    const std::vector<ShapeLines> all = {lines(1, late, "b", 2), lines(1, early, "b", 1),
                                         lines(1, early, "a", 1), lines(4, late, "a", 9)};
    const MigratedDatabase forwards(backend);
    const MigratedDatabase backwards(backend);
    const MigratedDatabase at_once(backend);
    for (const auto* db : {&forwards, &backwards, &at_once})
        db->warehouse->write(foundation());
    for (auto line = all.begin(); line != all.end(); ++line)
        forwards.warehouse->write(batch_of({*line}));
    for (auto line = all.rbegin(); line != all.rend(); ++line)
        backwards.warehouse->write(batch_of({*line}));
    at_once.warehouse->write(batch_of(all));
    CHECK(row_of(*forwards.warehouse, "message_shape").at("example") == "a");
    CHECK(contents(*forwards.warehouse) == contents(*backwards.warehouse));
    CHECK(contents(*forwards.warehouse) == contents(*at_once.warehouse));
}

TEST_CASE("a shape that its last line leaves is gone", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    Batch batch = foundation();
    batch.jobs.push_back(job(2));
    batch.jobs.back().job_id = guid(2);
    auto of_another_job = lines(1, late, "b");
    of_another_job.job_key = 2;
    batch.shape_lines = {lines(2, early, "a"), of_another_job};
    db.warehouse->write(batch);
    db.warehouse->write(batch_of({lines(-2, early, "a")}));
    CHECK(row_of(*db.warehouse, "message_shape").at("line_count") == "1");
    CHECK(row_of(*db.warehouse, "message_shape_job").at("job_key") == "2");
    of_another_job.shape.line_count = -1;
    db.warehouse->write(batch_of({of_another_job}));
    CHECK(rows_of(*db.warehouse, "message_shape").empty());
    CHECK(rows_of(*db.warehouse, "message_shape_job").empty());
}

TEST_CASE("shapes that are written as rows replace what is stored", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    Batch batch = foundation();
    batch.shape_lines = {lines(2, early, "a")};
    db.warehouse->write(batch);
    Batch again;
    again.shapes = {lines(1, late, "dropped").shape, lines(3, late, "c").shape};
    again.shapes.back().rule = std::nullopt;
    again.shapes.back().outcome = std::nullopt;
    again.shape_jobs = {{.organisation_key = 1, .shape_key = 7, .job_key = 1, .line_count = 1},
                        {.organisation_key = 1,
                         .shape_key = 7,
                         .job_key = 1,
                         .first_seen_at = moment(late),
                         .last_seen_at = moment(late),
                         .line_count = 3}};
    db.warehouse->write(again);
    db.warehouse->write(again);
    const auto stored = row_of(*db.warehouse, "message_shape");
    CHECK(stored.at("line_count") == "3");
    CHECK(stored.at("first_seen_at") == late);
    CHECK(stored.at("example") == "c");
    CHECK(stored.at("rule") == "NULL");
    CHECK(row_of(*db.warehouse, "message_shape_job").at("first_seen_at") == late);
    CHECK(row_of(*db.warehouse, "message_shape_job").at("line_count") == "3");
}

TEST_CASE("a log line keeps the key of its shape", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    db.warehouse->write(foundation());
    auto row = execution(1);
    row.execution.logs = {log(1, "one"), log(2, std::nullopt)};
    row.execution.logs[0].shape_key = INT64_MIN;
    const bool is_new = GENERATE(true, false);
    Batch batch;
    (is_new ? batch.new_executions : batch.changed_executions) = {row};
    db.warehouse->write(batch);
    CHECK(db.warehouse->logs(1) == row.execution.logs);
    row.execution.logs[0].shape_key = 8;
    Batch change;
    change.changed_executions = {row};
    db.warehouse->write(change);
    CHECK(db.warehouse->logs(1) == row.execution.logs);
}
