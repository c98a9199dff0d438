#include "support/catch.hpp"
#include "support/no_progress.hpp"
#include "support/sync_world.hpp"
#include "verify/online.hpp"

using namespace tidemark;
using namespace tidemark::test;

namespace {

const BodyVersion first{"\"first\"", "Fri, 09 Oct 2026 03:00:00 GMT"};
const BodyVersion second{"\"second\"", ""};

BodyExecution large_execution(unsigned id, const std::string& day) {
    return {.id = id,
            .job = 1,
            .created = day + "T03:00:00",
            .ended = day + "T03:10:00",
            .messages = {std::string(40'000, 'x')}};
}

/// A world with one job whose source says which version of its body it has.
struct VersionedJob : SyncWorld {
    explicit VersionedJob(std::string_view backend = "sqlite") : SyncWorld(backend) {
        source.listed = {{numbered(1), "Nightly"}};
        set({large_execution(2, "2026-10-02"), large_execution(1, "2026-10-01")}, first);
    }
    void set(const std::vector<BodyExecution>& executions, const BodyVersion& version) {
        source.bodies[numbered(1)] = body_of(executions);
        source.versions[numbered(1)] = version;
    }
    std::string last_reading() { return rows("sync_job").back().text("reading"); }
};

} // namespace

TEST_CASE("a body that the source says is unchanged is not sent, and nothing is written but the "
          "ledger",
          "[sync]") {
    VersionedJob world(GENERATE("sqlite", "postgres"));
    world.sync();
    const auto before = world.dump("execution");
    const auto watermark = world.dump("watermark");
    const SyncReport report = world.sync();
    CHECK(report.outcome == SyncOutcome::succeeded);
    CHECK(report.counts.bytes == 0);
    CHECK(report.jobs[0].reading == BodyReading::unchanged);
    CHECK(world.last_reading() == "unchanged");
    CHECK(world.dump("execution") == before);
    CHECK(world.dump("watermark") == watermark);
    CHECK(world.rows("sync_run").size() == 2);
}

TEST_CASE("a body of another version is read, and its version remembered", "[sync]") {
    VersionedJob world(GENERATE("sqlite", "postgres"));
    world.sync();
    world.set({large_execution(3, "2026-10-03"), large_execution(2, "2026-10-02"),
               large_execution(1, "2026-10-01")},
              second);
    CHECK(world.sync().counts.executions_new == 1);
    CHECK(world.rows("watermark")[0].text("etag") == "\"second\"");
    CHECK(world.rows("watermark")[0].text("last_modified").empty());
    world.sync();
    CHECK(world.last_reading() == "unchanged");
}

TEST_CASE("a body is read although its version is stored when it may come to something else",
          "[sync]") {
    VersionedJob world;
    SECTION("all are compared") {
        world.sync();
        world.sync({.full = true});
    }
    SECTION("the zone of its times is another") {
        world.sync();
        world.config.source.timezone = TimeZone::find("Europe/Copenhagen").value();
        world.sync();
    }
    SECTION("its states have other codes") {
        world.sync();
        world.config.source.states = {-1, 1, 2, 3};
        world.sync();
    }
    SECTION("more of it is to be compared") {
        world.sync();
        world.config.sync.lookback = std::chrono::days{400};
        world.sync();
    }
    SECTION("the address is another") {
        world.sync();
        world.config.source.base_url = "https://elsewhere.example";
        world.sync();
    }
    SECTION("an execution is open, and may be abandoned as time passes") {
        BodyExecution open = large_execution(3, "2026-10-03");
        open.state = 0;
        open.ended = "";
        world.set({open, large_execution(1, "2026-10-01")}, first);
        world.sync();
        world.sync();
    }
    SECTION("another source was read in between, which gave no version") {
        world.sync();
        world.source.versions.clear();
        world.sync();
        world.source.versions[numbered(1)] = first;
        world.sync();
    }
    CHECK(world.last_reading() == "whole");
}

TEST_CASE("the version of a body that was not stored is not remembered", "[sync]") {
    VersionedJob world;
    world.sync();
    SECTION("because it broke off") {
        world.set({large_execution(3, "2026-10-03")}, second);
        std::string& body = world.source.bodies[numbered(1)];
        body.pop_back();
        CHECK(world.sync().jobs[0].error);
        CHECK(world.rows("watermark")[0].text("etag") == "\"first\"");
        body += ']';
    }
    SECTION("because nothing is, in a dry run") {
        world.set({large_execution(3, "2026-10-03")}, second);
        world.sync({.dry_run = true});
        CHECK(world.rows("watermark")[0].text("etag") == "\"first\"");
    }
    world.sync();
    CHECK(world.last_reading() == "whole");
    CHECK(world.rows("execution").size() == 3);
}

TEST_CASE("the version of a body of which a part was left out is not remembered", "[sync]") {
    VersionedJob world;
    world.config.sync.lookback = std::chrono::days{1};
    std::vector<BodyExecution> executions;
    for (unsigned day = 9; day > 0; --day)
        executions.push_back(large_execution(day, "2026-10-0" + std::to_string(day)));
    world.set(executions, first);
    world.sync();
    world.source.versions[numbered(1)] = second;
    world.sync();
    CHECK(world.last_reading() == "stopped");
    CHECK(world.rows("watermark")[0].text("etag").empty());
    world.sync();
    CHECK(world.last_reading() == "stopped");
}

TEST_CASE("a rejected record does not keep an unchanged body from being left out", "[sync]") {
    VersionedJob world;
    world.source.bodies[numbered(1)].insert(1, R"({"Id":"no guid"},)");
    CHECK(world.sync().counts.rejected == 1);
    CHECK(world.sync().counts.rejected == 0);
    CHECK(world.last_reading() == "unchanged");
}

TEST_CASE("verify names a repair that reads a body which the source says is unchanged", "[sync]") {
    VersionedJob world(GENERATE("sqlite", "postgres"));
    world.sync();
    world.execute("DELETE FROM execution_log WHERE execution_key = 1;"
                  "DELETE FROM execution WHERE execution_key = 1");
    world.sync();
    CHECK(world.last_reading() == "unchanged");
    NoProgress progress;
    const auto compared =
        verify_online(world.config, world.source, *world.open(), {}, world_clock(), progress);
    REQUIRE(compared.size() == 1);
    CHECK(repair_of(compared[0]) == "tidemark sync --full --job 'Nightly'");
    CHECK(world.sync({.full = true}).counts.executions_new == 1);
}
