#include "cases/corrections.hpp"
#include "support/catch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

using namespace tidemark;
using namespace tidemark::test;

namespace {

std::set<std::string> values(SyncWorld& world, std::string_view table, std::string_view column) {
    std::set<std::string> found;
    for (const Row& row : world.rows(table))
        found.insert(row.text(column));
    return found;
}

/// A job whose codes begin at 1, over months: the oldest are far behind the lookback.
std::vector<BodyExecution> months_from_one() {
    std::vector<BodyExecution> executions;
    for (unsigned month = 1; month <= 9; ++month) {
        executions.push_back(ended(month, fmt::format("2026-{:02}-05", month)));
        executions.back().state = month % 3 == 0 ? 3 : 2;
    }
    executions.push_back(running(10, "2026-10-08"));
    executions.back().state = 1;
    return executions;
}

/// A world that was synced by the wrong codes and has the right ones now.
struct WrongStates : OneJob {
    explicit WrongStates(std::string_view backend) : OneJob(months_from_one(), backend) {
        sync();
        config.source.states = from_one;
    }
};

/// Eight nights in Copenhagen's time without a zone, read as UTC.
struct WrongZone : SyncWorld {
    explicit WrongZone(std::string_view backend) : SyncWorld(backend) {
        set_world_clock("2026-11-28 06:00:00");
        source = saved_bodies("cases/created-at-moves/body");
        sync();
        config.source.timezone = zone("Europe/Copenhagen");
    }
};

} // namespace

TEST_CASE("corrected state codes are counted by sync, and reach the whole history by attribute") {
    const auto* backend = GENERATE("sqlite", "postgres");
    WrongStates world(backend);
    const SyncReport report = world.sync();
    CHECK(report.outdated.other_states == 8); // all but those that are compared every night
    CHECK(report.outcome == SyncOutcome::succeeded);
    CHECK(lines_of(report.outdated).at(0) ==
          "the state of 8 executions is not what today's [source.states] makes of its code; "
          "'tidemark attribute --dry-run' shows what today's configuration would change, 'tidemark "
          "attribute' applies it");
    const auto before = world.dump("execution");
    CHECK(preview_reattribution(world.config, *world.open()).restated == 8);
    CHECK(world.dump("execution") == before);

    const AttributionChanges changes = attribute(world);
    CHECK(changes.restated == 8);
    CHECK(changes.states.at({3, State::unknown, State::failed}) == 2);
    CHECK(changes.states.at({2, State::failed, State::completed}) == 6);
    CHECK(outdated(world).none());
    CHECK(world.damage().empty());

    OneJob fresh(months_from_one(), backend);
    fresh.config.source.states = from_one;
    fresh.sync();
    CHECK(history_of(world) == history_of(fresh));

    const SyncReport after = world.sync({.full = true});
    CHECK(after.counts.executions_changed == 0);
    CHECK(after.counts.executions_new == 0);
    CHECK(world.damage().empty());
}

TEST_CASE("the watermark follows what other state codes open and close") {
    const auto* backend = GENERATE("sqlite", "postgres");
    OneJob world({ended(1, "2026-10-01"), ended(2, "2026-10-02"), ended(3, "2026-10-03")}, backend);
    world.sync();
    CHECK(world.watermark() == "2026-10-03 03:00:00.000000");
    world.config.source.states = from_one; // by which state 1 runs
    attribute(world);
    CHECK(world.watermark().empty());
    CHECK(world.rows("watermark").at(0).text("open_executions") == "3");
    CHECK(world.damage().empty());
    world.config.source.states = {};
    attribute(world);
    CHECK(world.watermark() == "2026-10-03 03:00:00.000000");
    CHECK(world.rows("watermark").at(0).text("open_executions") == "0");
    CHECK(world.damage().empty());
    CHECK(world.sync().counts.executions_changed == 0);
}

TEST_CASE("what other codes gave up is no longer given up when it has ended") {
    OneJob world({ended(1, "2026-07-01"), ended(2, "2026-10-03")}, GENERATE("sqlite", "postgres"));
    world.config.source.states = from_one;
    world.sync();
    CHECK(values(world, "execution", "abandoned_since").size() == 2);
    world.config.source.states = {};
    attribute(world);
    CHECK(values(world, "execution", "abandoned_since") == std::set<std::string>{""});
    CHECK(world.damage().empty());
}

TEST_CASE("configurations that change and change back leave nothing unsaid") {
    OneJob world(months_from_one(), GENERATE("sqlite", "postgres"));
    world.config.source.states = from_one;
    world.sync();
    world.config.source.states = {};
    auto executions = months_from_one();
    executions.push_back(ended(11, "2026-10-09"));
    executions.back().state = 2;
    world.set(executions);
    world.sync();
    world.config.source.states = from_one;
    world.config.sync.lookback = std::chrono::seconds{0};
    world.set(months_from_one()); // the one that was read by the wrong codes is gone
    const SyncReport report = world.sync();
    CHECK(report.outdated.other_states == 1);
    CHECK(report.outdated.rules == false);

    const auto rules = world.config.attribution;
    world.config.attribution.rules.pop_back();
    CHECK(world.sync().outdated.rules);
    world.config.attribution = rules;
    CHECK(world.sync().outdated.rules); // some runs may be of the rules in between
    attribute(world);
    CHECK(world.sync().outdated.none());
}

TEST_CASE("days follow one reporting zone, the old one until attribute applies the new one") {
    const auto* backend = GENERATE("sqlite", "postgres");
    SyncWorld world(backend);
    set_world_clock("2026-11-28 06:00:00");
    world.config.sync.reporting_timezone = zone("Europe/Copenhagen");
    world.source = saved_bodies("cases/zone-change/body");
    world.sync();
    const auto days = values(world, "execution", "created_on");
    world.config.sync.reporting_timezone = zone("America/New_York");
    const SyncReport report = world.sync({.full = true});
    CHECK(report.outdated.reporting_timezone == std::optional<std::string>{"Europe/Copenhagen"});
    CHECK_THAT(lines_of(report.outdated).at(0),
               ContainsSubstring("follow the reporting_timezone 'Europe/Copenhagen', not today's"));
    CHECK(values(world, "execution", "created_on") == days);
    CHECK(world.damage().empty());

    CHECK(attribute(world).redated > 0);
    CHECK(outdated(world).none());
    CHECK(world.damage().empty());
    SyncWorld fresh(backend);
    set_world_clock("2026-11-28 06:00:00");
    fresh.config.sync.reporting_timezone = zone("America/New_York");
    fresh.source = world.source;
    fresh.sync();
    CHECK(history_of(world) == history_of(fresh));
}

TEST_CASE("a corrected source zone moves the lookback alone, and sync says what it did not reach") {
    const auto* backend = GENERATE("sqlite", "postgres");
    WrongZone world(backend);
    const SyncReport corrected = world.sync();
    CHECK(corrected.outdated.zones == std::map<std::string, std::int64_t>{{"UTC", 1}});
    CHECK(
        lines_of(corrected.outdated).at(0) ==
        "1 execution was read with the source.timezone 'UTC', not today's; 'tidemark sync --full' "
        "reads anew what the API still returns");
    CHECK(attribute(world).rewritten == 0);
    CHECK(outdated(world).zones.size() == 1); // only the API can tell the moments again

    const SyncReport full = world.sync({.full = true});
    CHECK(full.counts.executions_changed == 1);
    CHECK(full.outdated.none());
    CHECK(world.damage().empty());
    SyncWorld fresh(backend);
    set_world_clock("2026-11-28 06:00:00");
    fresh.config.source.timezone = zone("Europe/Copenhagen");
    fresh.source = world.source;
    fresh.sync();
    CHECK(history_of(world) == history_of(fresh));
    CHECK(world.sync({.full = true}).counts.executions_changed == 0);
}

TEST_CASE("an execution that the API no longer returns keeps its zone, and is counted") {
    WrongZone world(GENERATE("sqlite", "postgres"));
    std::string& body = world.source.bodies.begin()->second;
    const auto second = body.find("\"Id\": \"3f538a3c");
    REQUIRE(second != std::string::npos);
    body = "[" + body.substr(body.rfind('{', second));
    const SyncReport full = world.sync({.full = true});
    CHECK(full.outdated.zones == std::map<std::string, std::int64_t>{{"UTC", 1}});
    CHECK_THAT(lines_of(full.outdated, true).at(0),
               ContainsSubstring("the API did not return them again"));
}

TEST_CASE("a zone that no moment needs is no matter of a correction") {
    OneJob world({ended(1, "2026-01-05")}, GENERATE("sqlite", "postgres"));
    std::string& body = world.source.bodies.begin()->second;
    for (const std::string text : {":00:00\"", ":10:00\"", ":00:01\""}) {
        for (auto at = body.find(text); at != std::string::npos; at = body.find(text, at + 9))
            body.insert(at + text.size() - 1, "Z");
    }
    world.sync();
    world.config.source.timezone = zone("Pacific/Auckland");
    CHECK(world.sync().outdated.none());
    CHECK(values(world, "execution", "source_timezone") == std::set<std::string>{""});
}

TEST_CASE("what an older version stored counts as read with the zone of the first newer sync") {
    OneJob world({ended(1, "2026-01-05"), ended(2, "2026-10-08")}, GENERATE("sqlite", "postgres"));
    world.sync();
    world.execute("UPDATE execution SET source_timezone = NULL");
    world.execute("UPDATE organisation SET source_timezone = NULL, read_fingerprint = NULL");
    const SyncReport upgraded = world.sync();
    CHECK(upgraded.outdated.none());
    CHECK(upgraded.counts.executions_changed == 0);
    world.config.source.timezone = zone("Pacific/Auckland");
    CHECK(world.sync().outdated.zones == std::map<std::string, std::int64_t>{{"UTC", 1}});
    CHECK(world.sync({.full = true}).outdated.none());
}

TEST_CASE("a body that did not change hides no corrected zone") {
    OneJob world({ended(1, "2026-01-05"), ended(2, "2026-10-08")}, GENERATE("sqlite", "postgres"));
    world.source.versions[numbered(1)] = {.tag = "\"1\""};
    world.sync();
    CHECK(world.sync().jobs.at(0).reading == BodyReading::unchanged);
    world.config.source.timezone = zone("Pacific/Auckland");
    CHECK(world.sync().outdated.zones.size() == 1);
    const SyncReport unchanged = world.sync(); // 304 again
    CHECK(unchanged.jobs.at(0).reading == BodyReading::unchanged);
    CHECK(unchanged.outdated.zones.size() == 1);
    CHECK(world.sync({.full = true}).outdated.none());
}

TEST_CASE("an execution that crashed without an end contradicts no state codes") {
    const auto* backend = GENERATE("sqlite", "postgres");
    SyncWorld world(backend);
    set_world_clock("2026-11-28 06:00:00");
    world.source = saved_bodies("cases/crashed-execution-contradicts-states/night1");
    for (int night = 1; night <= 2; ++night) {
        const SyncReport report = world.sync();
        CHECK_FALSE(report.states_contradicted);
        CHECK(report.outcome == SyncOutcome::succeeded);
    }
    CHECK(values(world, "execution", "state") == std::set<std::string>{"completed", "failed"});
    CHECK(world.damage().empty());
}

TEST_CASE("zones that are corrected later are told of, and reach the whole history") {
    const auto* backend = GENERATE("sqlite", "postgres");
    SyncWorld world(backend);
    set_world_clock("2026-11-28 06:00:00");
    world.source = saved_bodies("cases/zone-changed-later/night1");
    world.sync();
    world.config.source.timezone = zone("Pacific/Auckland");
    world.config.sync.reporting_timezone = zone("Pacific/Auckland");
    const SyncReport corrected = world.sync();
    CHECK_FALSE(corrected.outdated.zones.empty());
    CHECK(corrected.outdated.reporting_timezone);
    CHECK(lines_of(corrected.outdated).size() >= 2);
    world.sync({.full = true});
    attribute(world);
    CHECK(outdated(world).none());
    CHECK(world.damage().empty());

    SyncWorld right(backend);
    set_world_clock("2026-11-28 06:00:00");
    right.config = [&] {
        Config config = world.config;
        config.warehouse = right.config.warehouse;
        return config;
    }();
    right.source = saved_bodies("cases/zone-changed-later/night1");
    right.sync();
    CHECK(history_of(world) == history_of(right));
}
