#include "archive/archived_world.hpp"
#include "support/catch.hpp"
#include "support/neutral_rows.hpp"

#include <algorithm>
#include <iterator>

using namespace tidemark;
using namespace tidemark::test;

namespace fs = std::filesystem;

namespace {

/// What `sync --from-archive` does.
SyncReport rebuild(SyncWorld& world, const fs::path& archive) {
    world.config.archive = {};
    return world.sync_from(*open_archive_source(archive), {.full = true});
}

/// The rows that differ, without what only bodies and the warehouse's own past say: how far back
/// the bodies went, and the zone before.
std::vector<std::string> differences(SyncWorld& expected, SyncWorld& found) {
    const auto history_of = [](SyncWorld& world) {
        auto rows = neutral_rows(*world.open());
        std::erase_if(rows, [](const std::string& row) {
            return row.starts_with("watermark ") || row.starts_with("organisation ");
        });
        std::ranges::copy(world.dump("watermark", {"job_key", "oldest_available_at"}),
                          std::back_inserter(rows));
        std::ranges::copy(world.dump("organisation", {"source_timezone"}),
                          std::back_inserter(rows));
        std::ranges::sort(rows);
        return rows;
    };
    const auto rows = difference(history_of(expected), history_of(found));
    std::vector<std::string> lines;
    for (const auto& row : rows.lost)
        lines.push_back("lost " + row);
    for (const auto& row : rows.doubled)
        lines.push_back("doubled " + row);
    return lines;
}

} // namespace

TEST_CASE("an archive rebuilds a warehouse that is equal to the one of the nights", "[archive]") {
    const std::string backend = GENERATE("sqlite", "postgres");
    SyncWorld nights(backend);
    SyncWorld archived(backend);
    keep_archive(archived);
    for (const std::string night : {"night1", "night2"}) {
        FakeSource source = sample_night(night);
        nights.sync_from(source);
        const SyncReport report = archived.sync_from(source);
        CHECK_FALSE(report.archive_problem);
    }
    CHECK(faults_in(archive_in(archived)).empty());
    SyncWorld rebuilt(backend);
    const SyncReport report = rebuild(rebuilt, archive_in(archived));
    CHECK(failed_jobs(report) == 0);
    const auto differ = differences(nights, rebuilt);
    CAPTURE(differ);
    CHECK(differ.empty());
    CHECK(rebuilt.damage().empty());
    const std::vector<std::string> of_now{"age_hours", "data_source_key"};
    CHECK(rebuilt.dump("last_successful_load", of_now) ==
          nights.dump("last_successful_load", of_now));
}

TEST_CASE("with a corrected zone an archive rebuilds a right warehouse", "[archive]") {
    const TimeZone copenhagen = TimeZone::find("Europe/Copenhagen").value();
    OneJob wrong({ended(1, "2026-10-01"), running(2, "2026-10-02")});
    keep_archive(wrong);
    wrong.sync();
    wrong.set({ended(2, "2026-10-02"), ended(3, "2026-10-03")}); // the first is gone upstream
    wrong.sync();
    OneJob right({ended(1, "2026-10-01"), running(2, "2026-10-02")});
    right.config.source.timezone = copenhagen;
    right.sync();
    right.set({ended(1, "2026-10-01"), ended(2, "2026-10-02"), ended(3, "2026-10-03")});
    right.sync();
    CHECK(wrong.rows("execution").at(0).text("created_at") == "2026-10-01 03:00:00.000000");

    SECTION("from nothing") {
        OneJob rebuilt({});
        rebuilt.config.source.timezone = copenhagen;
        rebuild(rebuilt, archive_in(wrong));
        CHECK(rebuilt.rows("execution").at(0).text("created_at") == "2026-10-01 01:00:00.000000");
        CHECK(differences(right, rebuilt) == std::vector<std::string>{});
    }
    SECTION("in the warehouse that was read in the wrong one") {
        wrong.config.source.timezone = copenhagen;
        const SyncReport report = rebuild(wrong, archive_in(wrong));
        CHECK(report.counts.executions_changed == 3);
        CHECK(differences(right, wrong) == std::vector<std::string>{});
    }
}

TEST_CASE("an archive that is older than the warehouse takes nothing back", "[archive]") {
    // the archive was switched off, or its disk was full, while the API was synced on
    OneJob world({ended(1, "2026-10-01"), running(2, "2026-10-02"), running(3, "2026-10-02")},
                 GENERATE("sqlite", "postgres"));
    set_world_clock("2026-10-02 06:00:00");
    keep_archive(world);
    world.sync();
    const auto archive = archive_in(world);
    world.config.archive = {};
    world.source.listed = {{numbered(1), "Renamed"}, {numbered(2), "Added"}};
    world.source.bodies[numbered(2)] = body_of({ended(9, "2026-10-03", 2)});
    world.set({ended(1, "2026-10-01"), ended(2, "2026-10-02"), running(5, "2026-10-03")});
    set_world_clock("2026-10-03 06:00:00");
    world.sync();
    const auto rows = world.rows("execution");
    REQUIRE(
        std::ranges::any_of(rows, [](const Row& row) { return !row.text("lost_since").empty(); }));
    const auto tables = {"job", "execution", "execution_log", "task_run", "watermark"};
    std::vector<std::vector<std::string>> before;
    for (const std::string table : tables)
        before.push_back(world.dump(table, {"oldest_available_at", "read_settings", "body_order"}));

    set_world_clock("2026-10-03 07:00:00");
    const SyncReport report = rebuild(world, archive);
    CHECK(report.counts.executions_changed == 0);
    CHECK(report.jobs.at(0).held_later == 2);
    CHECK_FALSE(report.jobs.at(0).missing);
    auto expected = before.begin();
    for (const std::string table : tables)
        CHECK(world.dump(table, {"oldest_available_at", "read_settings", "body_order"}) ==
              *expected++);
    CHECK(world.damage().empty());

    SECTION("and still brings what the warehouse lacks") {
        world.execute("DELETE FROM task_run WHERE execution_key = 1");
        world.execute("DELETE FROM execution_log WHERE execution_key = 1");
        world.execute("DELETE FROM execution WHERE execution_key = 1");
        CHECK(rebuild(world, archive).counts.executions_new == 1);
    }
    SECTION("and still corrects the zone of what it has") {
        world.config.source.timezone = TimeZone::find("Europe/Copenhagen").value();
        CHECK(rebuild(world, archive).counts.executions_changed == 2); // 1, and 3 that is lost
        const auto corrected = world.rows("execution");                // in any order
        CHECK(std::ranges::any_of(corrected, [](const Row& row) {
            return row.text("created_at") == "2026-10-01 01:00:00.000000";
        }));
        CHECK(std::ranges::none_of(corrected, [](const Row& row) {
            return row.text("execution_key") == "2" && row.text("state") != "completed";
        }));
    }
}

TEST_CASE("a warehouse that is older than the archive takes what it says of jobs", "[archive]") {
    OneJob world({ended(1, "2026-10-01")}, GENERATE("sqlite", "postgres"));
    set_world_clock("2026-10-01 06:00:00");
    world.sync(); // without an archive: as a backup that was restored
    OneJob later({ended(1, "2026-10-01"), ended(2, "2026-10-02")});
    later.source.listed = {{numbered(1), "Renamed"}};
    keep_archive(later);
    set_world_clock("2026-10-02 06:00:00");
    later.sync();
    set_world_clock("2026-10-02 07:00:00");
    CHECK(rebuild(world, archive_in(later)).counts.executions_new == 1);
    CHECK(world.rows("job").at(0).text("name") == "Renamed");
}

TEST_CASE("log lines that the source dropped come back out of the archive", "[archive]") {
    OneJob world({ended(1, "2026-10-01"), ended(2, "2026-10-02")});
    keep_archive(world);
    world.sync();
    BodyExecution purged = ended(1, "2026-10-01");
    purged.messages.clear();
    world.set({purged, ended(2, "2026-10-02")});
    world.sync();
    REQUIRE(world.rows("execution_log").size() == 4);
    OneJob rebuilt({});
    rebuild(rebuilt, archive_in(world));
    CHECK(rebuilt.dump("execution_log") == world.dump("execution_log"));
    CHECK(rebuilt.rows("task_run").size() == 2);
    // they are there now, so the version that has them is not read again
    CHECK(rebuild(rebuilt, archive_in(world)).counts.executions_changed == 0);
    CHECK(rebuild(world, archive_in(world)).counts.executions_changed == 0);
}

TEST_CASE("a job that is no longer listed is rebuilt, and marked as missing", "[archive]") {
    OneJob world({ended(1, "2026-10-01")});
    world.source.listed.push_back({numbered(2), "Gone"});
    world.source.bodies[numbered(2)] = body_of({ended(7, "2026-10-02", 2)});
    keep_archive(world);
    world.sync();
    world.source.listed.pop_back();
    world.sync();
    OneJob rebuilt({});
    const SyncReport report = rebuild(rebuilt, archive_in(world));
    CHECK(report.missing_jobs == std::vector<std::string>{"Gone"});
    CHECK(rebuilt.rows("execution").size() == 2);
    for (const Row& job : rebuilt.rows("job"))
        CHECK(job.text("missing_since").empty() == (job.text("name") != "Gone"));
}

TEST_CASE("a body that breaks off leaves what came whole in the archive", "[archive]") {
    OneJob world({ended(1, "2026-10-01"), ended(2, "2026-10-02"), ended(3, "2026-10-03")});
    keep_archive(world);
    world.sync();
    std::string& body = world.source.bodies[numbered(1)];
    body = body_of({ended(4, "2026-10-04"), ended(5, "2026-10-05")});
    body.resize(body.size() - 20);
    CHECK(failed_jobs(world.sync()) == 1);
    CHECK(executions_in(archive_in(world)) == 4);
    CHECK(world.rows("execution").size() == 4);
}

TEST_CASE("a body that is tried again is kept once", "[archive]") {
    OneJob world({ended(1, "2026-10-01"), ended(2, "2026-10-02"), ended(3, "2026-10-03")});
    keep_archive(world);
    world.source.cut_short = 2;
    world.sync();
    CHECK(executions_in(archive_in(world)) == 3);
    CHECK(check_archive(archive_in(world)).front().versions == 3);
}

TEST_CASE("a rejected record is in the archive, and rejected again when it is read again",
          "[archive]") {
    OneJob world({ended(1, "2026-10-01")});
    world.source.bodies[numbered(1)].insert(1, "{\"Id\": \"no id\"},7,");
    keep_archive(world);
    world.sync();
    REQUIRE(world.rows("rejected_record").size() == 2);
    OneJob rebuilt({});
    rebuild(rebuilt, archive_in(world));
    CHECK(rebuilt.rows("rejected_record").size() == 2);
    CHECK(rebuilt.rows("execution").size() == 1);
}

TEST_CASE("a dry run keeps nothing", "[archive]") {
    OneJob world({ended(1, "2026-10-01")});
    keep_archive(world);
    world.sync({.dry_run = true});
    CHECK_FALSE(fs::exists(archive_in(world)));
}

TEST_CASE("a doubted list of jobs is not kept", "[archive]") {
    OneJob world({ended(1, "2026-10-01")});
    keep_archive(world);
    world.sync();
    world.source.listed = {{numbered(9), "Somebody else's"}};
    world.sync();
    CHECK(open_archive_source(archive_in(world))->jobs().entries.at(0).name == "Nightly");
}
