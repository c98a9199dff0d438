#include "source/folder_source.hpp"
#include "support/catch.hpp"
#include "support/no_progress.hpp"
#include "support/one_job.hpp"
#include "support/sync_world.hpp"
#include "verify/offline.hpp"
#include "verify/online.hpp"
#include "warehouse/backends.hpp"

#include <algorithm>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const std::string unknown = "\xEF\xBF\xBD";

/// The saved bodies of an accident, loaded twice into a database of one kind.
class Accident : public SyncWorld {
public:
    Accident(std::string_view backend, const std::string& name)
        : SyncWorld(backend), m_folder(TIDEMARK_REPOSITORY "/tests/cases/" + name + "/night1") {
        config.attribution.rules = {
            {"done", "^Transfer task '(?P<task>.+)' completed.*$", TaskOutcome::succeeded},
            {"failed", "^Transfer task '(?P<task>.+)' failed", TaskOutcome::failed}};
    }

    SyncReport load() { return sync_from(*open_folder_source(m_folder)); }

    /// The next night finds nothing new, and what is stored is what the bodies say.
    void check_settled() {
        const SyncReport again = load();
        CHECK(again.outcome == SyncOutcome::succeeded);
        CHECK(again.counts.executions_changed == 0);
        for (const CheckResult& result : verify_offline(*open())) {
            INFO(result.name);
            CHECK(result.violations == 0);
        }
        NoProgress progress;
        for (const auto& job : verify_online(config, *open_folder_source(m_folder), *open(), {},
                                             world_clock(), progress)) {
            CHECK(agrees(job));
        }
    }

private:
    std::string m_folder;
};

} // namespace

TEST_CASE(
    "an execution created in the first second of year 1 is rejected, and the next job loaded") {
    const auto* backend = GENERATE("sqlite", "postgres");
    Accident world(backend, "extreme-createtime-stops-sync");
    world.config.sync.reporting_timezone = TimeZone::find("America/New_York").value();
    CHECK(world.load().outcome == SyncOutcome::partial);
    const auto rejected = world.rows("rejected_records");
    REQUIRE(rejected.size() == 1);
    CHECK(rejected[0].text("job") == "A");
    CHECK(rejected[0].text("place") == "[0].CreateTime");
    CHECK(rejected[0].text("execution_id") == "e0000000-0000-4000-8000-000000000001");
    REQUIRE(world.rows("execution").size() == 1);
    CHECK(world.rows("execution")[0].text("created_on") == "2026-11-19");
    world.check_settled();
}

TEST_CASE("an execution created on the last day of year 9999 is rejected, and the others loaded") {
    const auto* backend = GENERATE("sqlite", "postgres");
    const auto* zone = GENERATE("Europe/Copenhagen", "UTC");
    Accident world(backend, "far-years");
    world.config.sync.reporting_timezone = TimeZone::find(zone).value();
    CHECK(world.load().outcome == SyncOutcome::partial);
    REQUIRE(world.rows("rejected_records").size() == 1);
    CHECK(world.rows("rejected_records")[0].text("place") == "[1].CreateTime");
    CHECK(world.rows("execution").size() == 1);
    world.check_settled();
}

TEST_CASE("a message that was cut within an emoji is stored, and its failure is seen") {
    const auto* backend = GENERATE("sqlite", "postgres");
    Accident world(backend, "half-surrogate-rejects-line");
    CHECK(world.load().outcome == SyncOutcome::succeeded);
    CHECK(world.rows("execution_log").at(0).text("message") ==
          "Transfer task 'ERP - y' failed: emoji " + unknown);
    CHECK(world.rows("execution").at(0).text("extra") == "{\"Note\":\"cut " + unknown + "\"}");
    CHECK(world.rows("task_run").at(0).text("outcome") == "failed");
    world.check_settled();
}

TEST_CASE("a message of 8 kB in the place of a task's name stops no job") {
    const auto* backend = GENERATE("sqlite", "postgres");
    Accident world(backend, "long-task-name-postgres");
    CHECK(world.load().outcome == SyncOutcome::succeeded);
    const auto tasks = world.rows("transfer_task");
    REQUIRE(tasks.size() == 1);
    CHECK(tasks[0].text("name").size() == 512);
    CHECK(tasks[0].text("name").starts_with("Navision - SELECT [Column_0_140891]"));
    CHECK(world.rows("data_source").back().text("name") == "Navision");
    CHECK(world.rows("execution").size() == 2);
    world.check_settled();
}

TEST_CASE("a job whose name was cut within an emoji is loaded, and so are the others") {
    const auto* backend = GENERATE("sqlite", "postgres");
    Accident world(backend, "one-bad-job-in-list");
    CHECK(world.load().outcome == SyncOutcome::succeeded);
    REQUIRE(world.rows("job").size() == 2);
    CHECK(world.rows("job")[1].text("name") == "Load " + unknown);
    CHECK(world.rows("execution").size() == 1);
    world.check_settled();
}

TEST_CASE("a message with a raw tab or another control character is stored as it is") {
    OneJob world({}, GENERATE("sqlite", "postgres"));
    auto odd = ended(1, "2026-10-01");
    odd.messages.push_back("x TAB y");
    std::string body = body_of({odd, ended(2, "2026-10-01")});
    body.replace(body.find(" TAB "), 5, "\t\x01");
    world.source.bodies[numbered(1)] = body;
    CHECK(world.sync().outcome == SyncOutcome::succeeded);
    CHECK(world.rows("execution").size() == 2);
    const auto lines = world.rows("execution_log");
    CHECK(std::any_of(lines.begin(), lines.end(),
                      [](const Row& line) { return line.text("message") == "x\t\x01y"; }));
    CHECK(world.sync().counts.executions_changed == 0);
    CHECK(world.damage().empty());
}
