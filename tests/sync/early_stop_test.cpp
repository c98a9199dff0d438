#include "support/catch.hpp"
#include "support/sync_world.hpp"

#include <fmt/format.h>

#include <algorithm>

using namespace tidemark;
using namespace tidemark::test;

namespace {

BodyExecution of_day(int day, const std::string& ended = "03:10:00") {
    const std::string date = fmt::format("2026-{:02}-{:02}T", 8 + day / 31, 1 + day % 31);
    return {.id = static_cast<unsigned>(100 + day),
            .job = 1,
            .state = ended.empty() ? 0 : 1,
            .created = date + "03:00:00",
            .ended = ended.empty() ? "" : date + ended,
            .messages = {std::string(40'000, 'x')}};
}

/// The executions of these days, the newest first.
std::vector<BodyExecution> newest_first(int last, int first = 0) {
    std::vector<BodyExecution> executions;
    for (int day = last; day >= first; --day)
        executions.push_back(of_day(day));
    return executions;
}

/// A world with one job that has had a run of 40 kB every day, and a lookback of two days.
struct DailyJob : SyncWorld {
    explicit DailyJob(const std::vector<BodyExecution>& executions,
                      std::string_view backend = "sqlite")
        : SyncWorld(backend) {
        config.sync.lookback = std::chrono::days{2};
        source.chunk_bytes = 4096;
        source.listed = {{numbered(1), "Nightly"}};
        set(executions);
    }
    void set(const std::vector<BodyExecution>& executions) { body() = body_of(executions); }
    std::string& body() { return source.bodies[numbered(1)]; }

    /// How each sync so far read the job's body.
    std::vector<std::string> readings() {
        std::vector<std::string> readings;
        for (const Row& row : rows("sync_job"))
            readings.push_back(row.text("reading"));
        return readings;
    }
    Row watermark() { return rows("watermark").at(0); }

    /// Everything but the sync log.
    std::vector<std::vector<std::string>> history() {
        std::vector<std::vector<std::string>> tables;
        for (const char* table : {"job", "execution", "execution_log", "task_run", "data_source",
                                  "transfer_task", "watermark", "rejected_record"})
            tables.push_back(dump(table));
        return tables;
    }
};

using Readings = std::vector<std::string>;

} // namespace

TEST_CASE("a body that comes newest first is read no further than it can matter", "[sync]") {
    DailyJob world(newest_first(39), GENERATE("sqlite", "postgres"));
    world.sync();
    CHECK(world.watermark().text("body_order") == "newest_first");
    const auto before = world.history();

    const SyncReport report = world.sync();
    CHECK(world.readings() == Readings{"whole", "stopped"});
    CHECK(report.outcome == SyncOutcome::succeeded);
    CHECK(report.counts.bytes < 5 * 41'000);
    CHECK(report.counts.executions_unchanged == 3);
    CHECK(report.counts.executions_skipped == 1);
    CHECK(world.history() == before);
}

TEST_CASE("a stopped transfer brings what is new and moves the watermark", "[sync]") {
    DailyJob world(newest_first(39), GENERATE("sqlite", "postgres"));
    world.sync();
    world.set(newest_first(41));
    CHECK(world.sync().counts.executions_new == 2);
    CHECK(world.readings() == Readings{"whole", "stopped"});
    const Row watermark = world.watermark();
    CHECK(watermark.text("loaded_through") == "2026-09-11 03:00:00.000000");
    CHECK(watermark.text("read_through") == "2026-09-11 03:00:00.000000");
    CHECK(watermark.text("whole_through") == "2026-09-09 03:00:00.000000");
    CHECK(watermark.text("oldest_available_at") == "2026-08-01 03:00:00.000000");
    CHECK(world.rows("history_gap").empty());
}

TEST_CASE("at least every seventh sync reads the body whole", "[sync]") {
    DailyJob world(newest_first(9), GENERATE("sqlite", "postgres"));
    for (int i = 0; i < 15; ++i)
        world.sync();
    const Readings six(6, "stopped");
    Readings expected = {"whole"};
    expected.insert(expected.end(), six.begin(), six.end());
    expected.emplace_back("whole");
    expected.insert(expected.end(), six.begin(), six.end());
    expected.emplace_back("whole");
    CHECK(world.readings() == expected);
}

TEST_CASE("a full sync reads the body whole", "[sync]") {
    DailyJob world(newest_first(9));
    world.sync();
    const auto report = world.sync({.full = true});
    CHECK(world.readings() == Readings{"whole", "whole"});
    CHECK(report.counts.bytes == static_cast<std::int64_t>(world.body().size()));
}

TEST_CASE("a body that comes oldest first or in no order is always read whole", "[sync]") {
    auto executions = newest_first(9);
    SECTION("oldest first") { std::reverse(executions.begin(), executions.end()); }
    SECTION("in no order") { std::swap(executions[5], executions[8]); }
    DailyJob world(executions);
    world.sync();
    const SyncReport report = world.sync();
    CHECK(world.readings() == Readings{"whole", "whole"});
    CHECK_FALSE(report.jobs[0].order_broken);
}

TEST_CASE("a small body is read whole, which costs less than another connection", "[sync]") {
    auto executions = newest_first(9);
    for (BodyExecution& execution : executions)
        execution.messages = {"short"};
    DailyJob world(executions);
    world.sync();
    world.sync();
    CHECK(world.readings() == Readings{"whole", "whole"});
}

TEST_CASE("an order that changes between two syncs loses nothing", "[sync]") {
    DailyJob world(newest_first(39));
    world.sync();
    auto executions = newest_first(41);
    SECTION("to oldest first") { std::reverse(executions.begin(), executions.end()); }
    SECTION("with what is new among the old") {
        std::rotate(executions.begin(), executions.begin() + 2, executions.begin() + 4);
    }
    SECTION("with old ones in front") {
        std::rotate(executions.begin(), executions.begin() + 20, executions.end());
    }
    SECTION("to none") { std::swap(executions[1], executions[30]); }
    world.set(executions);
    SyncReport report = world.sync();
    CHECK(report.counts.executions_new == 2);
    CHECK(report.jobs[0].order_broken);
    CHECK(world.readings().back() == "whole");
    CHECK(world.watermark().text("body_order") != "newest_first");
    report = world.sync();
    CHECK_FALSE(report.jobs[0].order_broken);
    CHECK(world.readings().back() == "whole");
}

TEST_CASE("a body that turns from oldest first to newest first loses nothing", "[sync]") {
    auto executions = newest_first(39);
    std::reverse(executions.begin(), executions.end());
    DailyJob world(executions);
    world.sync();
    world.set(newest_first(41));
    const SyncReport report = world.sync();
    CHECK(report.counts.executions_new == 2);
    CHECK_FALSE(report.jobs[0].order_broken);
    world.sync();
    CHECK(world.readings() == Readings{"whole", "whole", "stopped"});
}

TEST_CASE("what was hidden behind a stop is loaded by the next whole read, however old", "[sync]") {
    DailyJob world(newest_first(39));
    world.sync();
    // one whose place is at the front stands at the end, which no stopped transfer can see
    const BodyExecution hidden = of_day(40);
    for (int day = 41; day <= 47; ++day) {
        auto executions = newest_first(day, 41);
        const auto known = newest_first(39);
        executions.insert(executions.end(), known.begin(), known.end());
        executions.push_back(hidden);
        world.set(executions);
        const bool whole = day == 47;
        CHECK(world.sync().counts.executions_new == (whole ? 2 : 1));
        CHECK(world.readings().back() == (whole ? "whole" : "stopped"));
    }
    CHECK(world.rows("execution").size() == 48);
    CHECK(world.watermark().text("body_order") == "none");
}

TEST_CASE("an old execution that is still open is read up to", "[sync]") {
    auto executions = newest_first(19);
    executions[12] = of_day(7, "");
    DailyJob world(executions);
    world.sync();
    SyncReport report = world.sync();
    CHECK(world.readings().back() == "stopped");
    CHECK(report.counts.bytes > 12 * 40'000);
    // the watermark stands on the day before it: two days of lookback, and one that is older
    CHECK(report.counts.bytes < 18 * 40'000);
    CHECK(report.jobs[0].lost == 0);
    world.set(newest_first(19));
    report = world.sync();
    CHECK(report.counts.executions_changed == 1);
    CHECK(world.watermark().integer("open_executions") == 0);
    world.sync();
    CHECK(world.readings().back() == "stopped");
}

TEST_CASE("an open execution that vanished is lost, and is not waited for again", "[sync]") {
    auto executions = newest_first(19);
    executions[12] = of_day(7, "");
    DailyJob world(executions);
    world.sync();
    executions.erase(executions.begin() + 12);
    world.set(executions);
    CHECK(world.sync().jobs[0].lost == 1);
    CHECK(world.readings().back() == "whole");
    CHECK(world.sync().jobs[0].lost == 0);
    CHECK(world.readings().back() == "stopped");
}

TEST_CASE("an execution of which a part was rejected is read up to until it is purged", "[sync]") {
    DailyJob world(newest_first(19));
    const std::string stamp = "\"TimeStamp\":\"2026-08-08T03:00:00\"";
    world.body().replace(world.body().find(stamp), stamp.size(), "\"TimeStamp\":\"soon\"");
    world.sync();
    const SyncReport report = world.sync();
    CHECK(world.readings().back() == "stopped");
    CHECK(report.counts.bytes > 12 * 40'000);
    CHECK(report.counts.bytes < 18 * 40'000);
    world.set(newest_first(19, 9));
    world.sync();
    CHECK(world.readings().back() == "whole");
    world.sync();
    CHECK(world.readings().back() == "stopped");
}

TEST_CASE("a transfer that breaks off is not taken for one that was stopped", "[sync]") {
    DailyJob world(newest_first(39));
    world.config.sync.lookback = std::chrono::days{25}; // the stop is in the second half
    world.sync();
    const Row before = world.watermark();
    world.set(newest_first(41));
    SECTION("and is tried again") {
        world.source.cut_short = 2;
        const SyncReport report = world.sync();
        CHECK(report.outcome == SyncOutcome::succeeded);
        CHECK(report.counts.executions_new == 2);
        CHECK(world.readings().back() == "stopped");
        CHECK(world.watermark().text("loaded_through") == "2026-09-11 03:00:00.000000");
    }
    SECTION("and fails its job in the end") {
        world.body().resize(world.body().size() / 2);
        CHECK(world.sync().jobs[0].error);
        CHECK(world.readings().back().empty());
        CHECK(world.watermark().values == before.values);
        CHECK(world.rows("execution").size() == 42); // what came whole is kept
        world.set(newest_first(42));
        CHECK(world.sync().counts.executions_new == 1);
    }
}

TEST_CASE("a dry run stops as early and remembers nothing", "[sync]") {
    DailyJob world(newest_first(9));
    world.sync();
    for (int i = 0; i < 8; ++i)
        CHECK(world.sync({.dry_run = true}).jobs[0].reading == BodyReading::stopped);
}
