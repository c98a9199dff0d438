#include "support/catch.hpp"
#include "sync/numbered_days.hpp"
#include "sync/plan.hpp"

using namespace tidemark;
using namespace tidemark::test;
using namespace std::chrono_literals;

namespace {

constexpr auto lookback = std::chrono::days{2};

/// Of a job that came newest first, has executions from day 10 on and is loaded through day 20.
JobHistory history() {
    return {.watermark = WatermarkRow{.loaded_through = day(20),
                                      .read_through = day(20),
                                      .oldest_available_at = day(10),
                                      .body_order = BodyOrder::newest_first,
                                      .whole_through = day(20),
                                      .etag = "\"a\"",
                                      .read_settings = "settings"}};
}

KnownExecution pending(int number) {
    return {.id = id(number), .created_at = day(number), .open = true};
}

std::unordered_set<Guid> must_be_seen(const JobHistory& history) {
    return stop_rule(history, day(18), {id(20), id(19)}).must_be_seen;
}

} // namespace

TEST_CASE("a transfer may be stopped where the body came newest first") {
    CHECK(stop_before(history(), lookback) == day(18));
}

TEST_CASE("a transfer is not stopped") {
    JobHistory job = history();
    SECTION("when the order is another") { job.watermark->body_order = BodyOrder::oldest_first; }
    SECTION("when there is no order") { job.watermark->body_order = BodyOrder::none; }
    SECTION("when the order is not known") { job.watermark->body_order.reset(); }
    SECTION("when nothing was loaded") { job.watermark->loaded_through.reset(); }
    SECTION("when the last six were") { job.stopped_reads = 6; }
    SECTION("when the job was never read") { job.watermark.reset(); }
    CHECK_FALSE(stop_before(job, lookback));
}

TEST_CASE("before a stop everything recent must be seen, and what is waited for") {
    JobHistory job = history();
    const std::unordered_set<Guid> recent = {id(20), id(19)};
    CHECK(must_be_seen(job) == recent);

    KnownExecution lost = pending(12);
    lost.lost_since = day(15);
    KnownExecution abandoned = pending(13);
    abandoned.abandoned_since = day(15);
    KnownExecution purged = pending(9);
    purged.open = false;
    purged.incomplete = true;
    KnownExecution incomplete = purged;
    incomplete.id = id(11);
    incomplete.created_at = day(11);
    job.pending = {lost, abandoned, purged, incomplete, pending(14)};
    job.rejections = {{.execution_id = id(8), .first_seen_at = day(9)},
                      {.execution_id = id(15), .first_seen_at = day(16)},
                      {.first_seen_at = day(16)}};
    CHECK(must_be_seen(job) == std::unordered_set<Guid>{id(20), id(19), id(11), id(14), id(15)});
}

TEST_CASE("what was skipped by a stop is compared from the last whole read on") {
    JobHistory job = history();
    job.watermark->loaded_through = day(30);
    CHECK(plan_job({}, 1, job, lookback, false, day(40)).compare_from == day(18));
    CHECK(stop_before(job, lookback) == day(28));
    job.watermark->loaded_through = day(12); // held back since
    CHECK(plan_job({}, 1, job, lookback, false, day(40)).compare_from == day(10));
}

TEST_CASE("a stored version spares the body while nothing else changed") {
    JobHistory job = history();
    CHECK(stored_version(job, "settings") == BodyVersion{"\"a\"", ""});
    CHECK(stored_version(job, "others").empty());
    job.watermark->open_executions = 1;
    CHECK(stored_version(job, "settings").empty());
    CHECK(stored_version({}, "settings").empty());
}
