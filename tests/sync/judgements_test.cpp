#include "support/catch.hpp"
#include "support/one_job.hpp"

using namespace tidemark;
using namespace tidemark::test;

TEST_CASE(
    "a first sync remembers the rules, and one with other rules says so until they are applied") {
    OneJob world({ended(1, "2026-10-01")});
    CHECK_FALSE(world.sync().outdated.rules);
    world.config.attribution.rules.pop_back();
    CHECK(world.sync().outdated.rules);
    const SyncReport report = world.sync();
    CHECK(report.outdated.rules);
    CHECK(report.outcome == SyncOutcome::succeeded);
    const SyncReport applied = world.sync({.reattribute = true});
    CHECK_FALSE(applied.outdated.rules);
    REQUIRE(applied.reattributed);
    CHECK(applied.reattributed->executions == 1);
    CHECK_FALSE(world.sync().outdated.rules);
}

TEST_CASE("a sync can apply new rules to what is stored, at its end") {
    OneJob world({ended(1, "2026-10-01")});
    world.sync();
    world.config.attribution.sources = {{"ERP - Full load", "Finance"}};
    world.set({ended(1, "2026-10-01"), ended(2, "2026-10-02")});
    CHECK(world.sync({.reattribute = true}).reattributed->rewritten == 1);
    CHECK(world.rows("task_run").size() == 2);
    for (const Row& run : world.rows("task_run"))
        CHECK(run.text("attributed_by") == "explicit");
}

TEST_CASE("a warehouse of an older version counts as made by other rules") {
    OneJob world({ended(1, "2026-10-01")});
    world.sync();
    const auto warehouse = open_warehouse(world.config.warehouse, OpenMode::existing);
    Batch batch;
    batch.organisations = {*warehouse->dimensions("default").organisation};
    batch.organisations[0].attribution_fingerprint.reset();
    warehouse->write(batch);
    CHECK(world.sync().outdated.rules);
}

TEST_CASE("state codes that contradict the map make every sync partial until it is confirmed") {
    OneJob world({ended(1, "2026-10-01")});
    CHECK_FALSE(world.sync().states_contradicted);
    BodyExecution failed = ended(2, "2026-10-02");
    failed.state = 3;
    world.set({ended(1, "2026-10-01"), failed});
    const SyncReport report = world.sync();
    CHECK_THAT(report.states_contradicted.value(), ContainsSubstring("a state 3 was seen"));
    CHECK(exit_code_of(report.outcome) == ExitCode::partial);
    CHECK(exit_code_of(world.sync().outcome) == ExitCode::partial);
    world.config.source.states_confirmed = true;
    CHECK(world.sync().outcome == SyncOutcome::succeeded);
    world.config.source.states_confirmed = false;
    world.config.source.states = {.none = -1, .running = 1, .completed = 2, .failed = 3};
    CHECK_FALSE(world.sync().states_contradicted);
}
