#include "error.hpp"
#include "support/catch.hpp"
#include "support/no_progress.hpp"
#include "support/one_job.hpp"
#include "verify/offline.hpp"
#include "verify/online.hpp"
#include "warehouse/backends.hpp"

using namespace tidemark;
using namespace tidemark::test;

namespace {

struct Compared : OneJob {
    using OneJob::OneJob;
    std::vector<JobComparison> verify_all(const std::vector<std::string>& jobs = {}) {
        NoProgress progress;
        return verify_online(config, source, *open(), jobs, world_clock(), progress);
    }
    JobComparison verify() { return verify_all().at(0); }

    /// Everything that is stored, the sync log included.
    std::vector<std::vector<std::string>> everything() {
        std::vector<std::vector<std::string>> tables;
        for (const auto* table : {"job", "execution", "execution_log", "task_run", "watermark",
                                  "sync_run", "sync_job", "rejected_record"})
            tables.push_back(dump(table));
        return tables;
    }
};

const std::vector<BodyExecution> three = {ended(1, "2026-01-01"), ended(2, "2026-10-08"),
                                          running(3, "2026-10-09")};

} // namespace

TEST_CASE("what was just synced agrees, and verifying writes nothing", "[verify]") {
    Compared world(three, GENERATE(as<std::string>{}, "sqlite", "postgres"));
    world.sync();
    const auto before = world.everything();
    const JobComparison job = world.verify();
    CHECK(agrees(job));
    CHECK(repair_of(job).empty());
    CHECK(job.now.executions == 3);
    CHECK(job.now.log_lines == 5);
    CHECK(job.stored.executions == 3);
    CHECK(job.stored.log_lines == 5);
    CHECK(world.everything() == before);
}

TEST_CASE("history that the API no longer returns is no difference", "[verify]") {
    Compared world(three);
    world.sync();
    BodyExecution shorter = three[1];
    shorter.messages.pop_back();
    world.set({shorter, three[2]});
    set_world_clock("2026-10-10 06:00:00");
    world.sync(); // keeps the line and the execution that are gone
    const JobComparison job = world.verify();
    CHECK(agrees(job));
    CHECK(job.now.log_lines == 2);
    CHECK(job.stored.log_lines == 5);
}

TEST_CASE("what changed upstream since is told from what the next sync leaves alone", "[verify]") {
    Compared world(three, GENERATE(as<std::string>{}, "sqlite", "postgres"));
    world.sync();
    SECTION("the open one ended") {
        world.set({three[0], three[1], ended(3, "2026-10-09")});
        const JobComparison job = world.verify();
        CHECK(number_of(job, Difference::moved_on) == 1);
        CHECK(repair_of(job) == "tidemark sync");
        world.sync();
    }
    SECTION("a new one began") {
        world.set({three[0], three[1], three[2], running(4, "2026-10-09")});
        const JobComparison job = world.verify();
        CHECK(number_of(job, Difference::missing) == 1);
        CHECK(repair_of(job) == "tidemark sync");
        world.sync();
    }
    SECTION("a young one that had ended says something else") {
        BodyExecution failed = three[1];
        failed.state = 2;
        world.set({three[0], failed, three[2]});
        const JobComparison job = world.verify();
        CHECK(number_of(job, Difference::changed) == 1);
        CHECK(repair_of(job) == "tidemark sync");
        world.sync();
    }
    SECTION("an old one does, at which a sync does not look") {
        BodyExecution failed = three[0];
        failed.state = 2;
        world.set({failed, three[1], three[2]});
        world.sync();
        const JobComparison job = world.verify();
        CHECK(number_of(job, Difference::changed) == 1);
        CHECK(repair_of(job) == "tidemark sync --full --job 'Nightly'");
        world.sync({.jobs = {"Nightly"}, .full = true});
    }
    CHECK(agrees(world.verify()));
}

TEST_CASE("an old execution that is missing is stored by any sync that reads the body",
          "[verify]") {
    Compared world(three);
    world.sync();
    world.execute("DELETE FROM task_run WHERE execution_key = 1;"
                  "DELETE FROM execution_log WHERE execution_key = 1;"
                  "DELETE FROM execution WHERE execution_key = 1");
    const JobComparison job = world.verify();
    CHECK(number_of(job, Difference::missing) == 1);
    CHECK(repair_of(job) == "tidemark sync");
    world.sync();
    CHECK(agrees(world.verify()));
}

TEST_CASE("rows that were changed behind our back are found and repaired as told", "[verify]") {
    const std::string backend = GENERATE(as<std::string>{}, "sqlite", "postgres");
    const bool stored_twice = GENERATE(false, true);
    CAPTURE(backend, stored_twice);
    Compared world(three, backend);
    world.sync();
    if (stored_twice) {
        BodyExecution shorter = three[0];
        shorter.messages.pop_back();
        world.set({shorter, three[1], three[2]});
        set_world_clock("2026-10-10 06:00:00");
        world.sync({.full = true});
    }
    world.execute(GENERATE(as<std::string>{},
                           "UPDATE execution_log SET message = 'forged' WHERE execution_key = 1"
                           " AND message LIKE 'Exec%'",
                           "UPDATE execution SET state_code = 2 WHERE execution_key = 1",
                           "DELETE FROM execution_log WHERE execution_key = 1"));
    const JobComparison job = world.verify();
    CHECK(number_of(job, Difference::damaged) == 1);
    CHECK(repair_of(job) == "set content_hash of the damaged ones to 0, then tidemark sync --full "
                            "--job 'Nightly'");
    world.execute("UPDATE execution SET content_hash = 0 WHERE execution_key = 1");
    world.sync({.full = true});
    CHECK(agrees(world.verify()));
    // a line that was deleted and came again was counted twice
    for (const CheckResult& result : verify_offline(*world.open())) {
        if (result.name == "shape_counts" && result.violations > 0) world.execute(result.repair);
    }
    for (const CheckResult& result : verify_offline(*world.open()))
        CHECK(result.violations == 0);
}

TEST_CASE("a record that cannot be loaded differs until a sync has put it on record", "[verify]") {
    Compared world(three);
    world.sync();
    world.source.bodies[numbered(1)].insert(1, R"({"Id":"no guid"},)");
    const JobComparison before = world.verify();
    CHECK(before.now.unreadable == 1);
    CHECK(repair_of(before) == "tidemark sync");
    world.sync();
    CHECK(agrees(world.verify()));
    CHECK(world.verify().now.rejected == 1);
}

TEST_CASE("an execution with a part that cannot be loaded agrees once it is stored", "[verify]") {
    Compared world(three);
    world.sync();
    std::string& body = world.source.bodies[numbered(1)];
    const std::string stamp = "\"TimeStamp\":\"2026-10-08T03:00:01\"";
    body.replace(body.find(stamp), stamp.size(), "\"TimeStamp\":\"soon\"");
    CHECK_FALSE(agrees(world.verify()));
    set_world_clock("2026-10-10 06:00:00");
    world.sync();
    CHECK(agrees(world.verify()));
    CHECK(world.verify().now.rejected == 1);
}

TEST_CASE("a job that was never synced is missing, not an error", "[verify]") {
    Compared world(three);
    world.sync();
    world.source.listed.push_back({numbered(2), "it's new"});
    world.source.bodies[numbered(2)] = body_of({ended(9, "2026-10-08", 2)});
    const auto jobs = world.verify_all();
    CHECK(agrees(jobs.at(0)));
    CHECK(number_of(jobs.at(1), Difference::missing) == 1);
    CHECK(world.verify_all({"*new"}).size() == 1);
    CHECK_THROWS_AS(world.verify_all({"nothing"}), ConfigError);
}

TEST_CASE("a body that breaks off and comes again is compared once", "[verify]") {
    Compared world(three);
    world.sync();
    world.source.cut_short = 2;
    CHECK(agrees(world.verify()));
    CHECK(world.verify().now.executions == 3);
    world.source.bodies[numbered(1)].back() = '}';
    const JobComparison job = world.verify();
    CHECK(job.error);
    CHECK_FALSE(agrees(job));
    CHECK(repair_of(job).empty());
}

TEST_CASE("of an execution that stands twice in a body the last one counts", "[verify]") {
    Compared world({running(1, "2026-10-01"), ended(1, "2026-10-01")});
    world.sync();
    CHECK(agrees(world.verify()));
}
