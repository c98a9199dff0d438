#include "source/folder_source.hpp"
#include "support/catch.hpp"
#include "support/no_progress.hpp"
#include "support/one_job.hpp"
#include "verify/offline.hpp"
#include "verify/online.hpp"

#include <algorithm>

using namespace tidemark;
using namespace tidemark::test;

namespace {

std::unique_ptr<Source> night_of(const std::string& accident, const std::string& night) {
    return open_folder_source(TIDEMARK_REPOSITORY "/tests/cases/" + accident + "/" + night);
}

void check_that_verify_agrees(SyncWorld& world, Source& source) {
    NoProgress progress;
    for (const JobComparison& job :
         verify_online(world.config, source, *world.open(), {}, world_clock(), progress)) {
        CAPTURE(job.job.name, job.now.differences.size());
        CHECK(agrees(job));
    }
    for (const CheckResult& result : verify_offline(*world.open())) {
        CAPTURE(result.name, result.first);
        CHECK(result.violations == 0);
    }
}

/// A body that has the first version of each execution, then the second of each, and so on, with so
/// much between them that they come in different batches.
std::vector<BodyExecution> far_apart(const std::vector<std::vector<BodyExecution>>& executions) {
    std::vector<BodyExecution> body;
    for (unsigned number = 0; number < 3; ++number) {
        for (const auto& versions : executions) {
            if (number < versions.size()) body.push_back(versions[number]);
        }
        BodyExecution& between = body.emplace_back(ended(100 + number, "2026-10-01"));
        between.messages = {std::string(3U << 20U, 'x')};
    }
    return body;
}

/// One that has the versions of an execution next to each other.
std::vector<BodyExecution> side_by_side(const std::vector<std::vector<BodyExecution>>& executions) {
    std::vector<BodyExecution> body;
    for (const auto& versions : executions)
        body.insert(body.end(), versions.begin(), versions.end());
    return body;
}

using States = std::vector<std::string>;

/// The states of the executions 1, 2 and so on.
States states_of(OneJob& world, std::size_t executions) {
    States states(executions);
    for (const Row& row : world.rows("execution")) {
        for (unsigned id = 1; id <= executions; ++id) {
            if (row.text("execution_id") != to_text(numbered(id))) continue;
            CHECK(states[id - 1].empty()); // each is there once
            states[id - 1] = row.text("state");
        }
    }
    return states;
}

BodyExecution failed(unsigned id, const std::string& day) {
    BodyExecution execution = ended(id, day);
    execution.state = 2;
    return execution;
}

} // namespace

TEST_CASE("an execution dated ahead of now does not hide those that come after it", "[cases]") {
    SyncWorld world(GENERATE("sqlite", "postgres"));
    set_world_clock("2026-11-28 06:00:00");
    const auto first = night_of("future-dated-execution", "night1");
    world.sync_from(*first);
    CHECK(world.rows("watermark")[0].text("loaded_through") == "2026-11-20 03:00:00.000000");
    const auto second = night_of("future-dated-execution", "night2");
    const SyncReport report = world.sync_from(*second);
    CHECK(report.counts.executions_new == 1);
    CHECK(world.rows("execution").size() == 3);
    CHECK(world.rows("watermark")[0].text("loaded_through") == "2026-11-27 03:00:00.000000");
    check_that_verify_agrees(world, *second);
}

TEST_CASE("a watermark that an earlier version left ahead of now is made anew", "[cases]") {
    OneJob world({ended(1, "2026-09-01"), ended(2, "2026-10-01")}, GENERATE("sqlite", "postgres"));
    const BodyVersion version{"\"a\"", ""};
    world.source.versions[numbered(1)] = version;
    world.sync();
    // what the earlier version had passed over, and an old one that it would have compared no more
    BodyExecution rewritten = failed(1, "2026-09-01");
    world.set({rewritten, ended(3, "2026-09-15"), ended(2, "2026-10-01")});
    world.execute("UPDATE watermark SET loaded_through = '2027-10-06 03:00:00.000000',"
                  " read_through = '2027-10-06 03:00:00.000000',"
                  " whole_through = '2027-10-06 03:00:00.000000'");
    const SyncReport report = world.sync();
    CHECK(report.counts.executions_new == 1);
    CHECK(report.counts.executions_changed == 1);
    CHECK(world.watermark() == "2026-10-01 03:00:00.000000");
    CHECK(world.rows("history_gap").empty());
    check_that_verify_agrees(world, world.source);
}

TEST_CASE("a moment ahead of now begins no gap and makes nothing abandoned", "[cases]") {
    OneJob world({running(1, "2026-08-01")}, GENERATE("sqlite", "postgres"));
    set_world_clock("2026-10-09 06:00:00");
    world.sync();
    CHECK(world.rows("execution")[0].text("abandoned_since").empty());
    world.set({ended(2, "2027-01-01")}); // all that is left
    SyncReport report = world.sync();
    CHECK_FALSE(report.jobs[0].missing);
    CHECK(report.jobs[0].abandoned == 0);
    CHECK(report.jobs[0].lost == 1);
    BodyExecution open = running(3, "2026-08-20");
    world.set({open, ended(2, "2027-01-01")});
    report = world.sync();
    CHECK(report.jobs[0].abandoned == 0);         // its job's own clock stands on 2026-08-20
    CHECK(world.rows("history_gap").size() == 1); // after 2026-08-01, as nothing in between came
}

TEST_CASE("an execution that appears late is stored, however old it is", "[cases]") {
    OneJob world({ended(1, "2026-09-01"), ended(2, "2026-10-09")}, GENERATE("sqlite", "postgres"));
    world.sync();
    auto body = std::vector{ended(1, "2026-09-01"), ended(3, "2026-09-02"), ended(2, "2026-10-09")};
    if (GENERATE(false, true)) std::reverse(body.begin(), body.end());
    world.set(body);
    SyncReport dry = world.sync({.dry_run = true});
    CHECK(dry.counts.executions_new == 1);
    const SyncReport report = world.sync();
    CHECK(report.counts.executions_new == 1);
    CHECK(report.counts.executions_unchanged == 1);
    CHECK(report.counts.executions_skipped == 1);
    check_that_verify_agrees(world, world.source);
    CHECK(world.sync().counts.executions_new == 0);
}

TEST_CASE("what was deleted by hand is stored again, however old it is", "[cases]") {
    OneJob world({ended(1, "2026-09-01"), ended(2, "2026-10-09")}, GENERATE("sqlite", "postgres"));
    world.sync();
    const auto before = world.dump("task_run");
    world.execute("DELETE FROM task_run WHERE execution_key = 1;"
                  "DELETE FROM execution_log WHERE execution_key = 1;"
                  "DELETE FROM execution WHERE execution_key = 1");
    CHECK(world.sync().counts.executions_new == 1);
    CHECK(world.rows("execution").size() == 2);
    CHECK(world.rows("task_run").size() == before.size());
}

TEST_CASE("one execution that stands twice in a body is the same every night", "[cases]") {
    SyncWorld world(GENERATE("sqlite", "postgres"));
    const auto source = night_of("duplicate-execution-flips", "night1");
    for (int night = 0; night < 4; ++night) {
        const SyncReport report = world.sync_from(*source);
        CHECK(report.counts.executions_new == (night == 0 ? 1 : 0));
        CHECK(report.counts.executions_changed == 0);
        REQUIRE(world.rows("execution").size() == 1);
        CHECK(world.rows("execution")[0].text("state") == "completed");
        CHECK(world.rows("watermark")[0].text("loaded_through") == "2026-10-01 03:00:00.000000");
    }
    check_that_verify_agrees(world, *source);
}

TEST_CASE("of several versions of one execution the one that tells more counts", "[cases]") {
    const std::string day = "2026-10-01";
    BodyExecution later = failed(3, day);
    later.ended = day + "T03:20:00";
    BodyExecution longer = failed(4, day);
    longer.messages.emplace_back("one line more");
    const std::vector<std::vector<BodyExecution>> executions = {
        {running(1, day), ended(1, day)}, {ended(2, day), running(2, day)},
        {later, ended(3, day)},           {longer, ended(4, day), running(4, day)},
        {ended(5, day), failed(5, day)},  {failed(6, day), ended(6, day)}};
    const States expected = {"completed", "completed", "failed", "failed", "failed", "failed"};

    const auto* backend = GENERATE("sqlite", "postgres");
    const bool apart = GENERATE(false, true);
    CAPTURE(backend, apart);
    OneJob world(apart ? far_apart(executions) : side_by_side(executions), backend);
    for (int night = 0; night < 4; ++night) {
        CAPTURE(night);
        const SyncReport report = world.sync();
        CHECK(report.outcome == SyncOutcome::succeeded);
        CHECK(report.counts.executions_changed == 0);
        CHECK((report.counts.executions_new > 0) == (night == 0));
        CHECK(states_of(world, executions.size()) == expected);
    }
    check_that_verify_agrees(world, world.source);
}

TEST_CASE("a version that tells less is stored when it is the only one that is left", "[cases]") {
    OneJob world({ended(1, "2026-10-01"), ended(2, "2026-10-02")}, GENERATE("sqlite", "postgres"));
    world.sync();
    CHECK(world.watermark() == "2026-10-02 03:00:00.000000");
    world.set({running(1, "2026-10-01"), ended(2, "2026-10-02")}); // it is open again
    CHECK(world.sync().counts.executions_changed == 1);
    const auto executions = world.rows("execution");
    CHECK(std::count_if(executions.begin(), executions.end(),
                        [](const Row& row) { return row.text("state") == "running"; }) == 1);
    CHECK(world.rows("watermark")[0].integer("open_executions") == 1);
    CHECK(world.watermark().empty()); // which never passes one that is open
    world.set({ended(1, "2026-10-01"), ended(2, "2026-10-02")});
    CHECK(world.sync().counts.executions_changed == 1);
    CHECK(world.watermark() == "2026-10-02 03:00:00.000000");
}

TEST_CASE("a version that cannot be read does not trouble the good one, nor later nights",
          "[cases]") {
    OneJob world({}, GENERATE("sqlite", "postgres"));
    BodyExecution good = running(1, "2026-10-01");
    std::string bad = to_json(good);
    bad.replace(bad.find("\"State\":0"), 9, "\"State\":\"\"");
    const auto set = [&](const BodyExecution& version) {
        world.source.bodies[numbered(1)] = "[" + bad + "," + to_json(version) + "]";
    };
    set(good);
    CHECK(world.sync().counts.rejected == 1);
    CHECK(world.rows("execution").size() == 1);
    good = ended(1, "2026-10-01"); // it changes beside the bad one
    set(good);
    SyncReport report = world.sync();
    CHECK(report.outcome == SyncOutcome::succeeded);
    CHECK(report.counts.executions_changed == 1);
    CHECK(world.sync().outcome == SyncOutcome::succeeded);
    CHECK(world.rows("rejected_records").size() == 1);
    world.set({good});
    world.sync();
    CHECK(world.rows("rejected_records").empty());
    CHECK(world.sync().outcome == SyncOutcome::succeeded);
}
