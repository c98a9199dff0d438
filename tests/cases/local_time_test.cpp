// What the clocks of the reporting zone show when executions and their tasks begin.
#include "cases/corrections.hpp"
#include "cases/loads.hpp"
#include "support/catch.hpp"

using namespace tidemark;
using namespace tidemark::test;

namespace {

const std::string starting = "Executing transfer task 'CRM - a'";

/// A world in Copenhagen, whose clocks went forward on 29 March 2026 and back on 25 October, at
/// 01:00 UTC both times.
struct Copenhagen : OneJob {
    explicit Copenhagen(std::string_view backend, const std::vector<std::string>& begun)
        : OneJob({}, backend) {
        set_world_clock("2026-11-28 06:00:00");
        config.sync.reporting_timezone = TimeZone::find("Europe/Copenhagen").value();
        std::vector<BodyExecution> executions;
        for (const std::string& moment : begun) {
            executions.push_back(execution_at(static_cast<unsigned>(executions.size() + 1),
                                              *timestamp_from_text(moment + ".000000"),
                                              {starting, loaded("CRM - a")}));
        }
        set(executions);
        sync();
    }
    /// `2026-03-29 01:58:00 1`, by time.
    std::vector<std::string> told(std::string_view view, const std::string& moment,
                                  const std::string& hour) {
        std::vector<std::string> found;
        for (const Row& row : rows(view))
            found.push_back(row.text(moment).substr(0, 19) + " " + row.text(hour));
        std::sort(found.begin(), found.end());
        return found;
    }
    std::vector<std::string> executions() {
        return told("fact_execution", "created_at_local", "created_hour");
    }
    std::vector<std::string> task_runs() {
        return told("fact_task_run", "started_at_local", "started_hour");
    }
    /// As an upgraded warehouse stands until its rows are told anew.
    void forget() {
        execute("UPDATE execution SET created_at_local = NULL;"
                "UPDATE task_run SET started_at_local = NULL;"
                "UPDATE organisation SET attribution_fingerprint = 'of another version'");
    }
};

using Texts = std::vector<std::string>;

} // namespace

TEST_CASE("a run begins at the hour that clocks show, on the nights when they change too") {
    Copenhagen world(GENERATE("sqlite", "postgres"),
                     {"2026-03-29 00:58:00", "2026-07-01 22:30:00", "2026-10-25 00:30:00",
                      "2026-10-25 01:30:00", "2025-12-31 23:30:00"});
    CHECK(world.executions() == Texts{"2026-01-01 00:30:00 0", "2026-03-29 01:58:00 1",
                                      "2026-07-02 00:30:00 0", "2026-10-25 02:30:00 2",
                                      "2026-10-25 02:30:00 2"});
    CHECK(world.damage() == Texts{});
}

TEST_CASE("a task that starts after the clocks changed has its own hour, not its execution's") {
    Copenhagen world(GENERATE("sqlite", "postgres"), {});
    std::string body = body_of({execution_at(1, *timestamp_from_text("2026-03-29 00:58:00.000000"),
                                             {starting, loaded("CRM - a")})});
    const std::string line = R"("TimeStamp":"2026-03-29T0)";
    for (auto at = body.find(line); at != std::string::npos; at = body.find(line, at + 1))
        body.replace(at + line.size(), 4, "1:03");
    world.source.bodies[numbered(1)] = body;
    world.sync();
    CHECK(world.executions() == Texts{"2026-03-29 01:58:00 1"});
    CHECK(world.rows("fact_task_run").at(0).text("started_at_utc") == "2026-03-29 01:03:00.000000");
    CHECK(world.task_runs() == Texts{"2026-03-29 03:03:00 3"});
}

TEST_CASE("local times of an upgraded warehouse are unknown until attribute, also of pruned logs") {
    Copenhagen world(GENERATE("sqlite", "postgres"),
                     {"2026-10-09 02:00:00", "2026-10-10 02:00:00"});
    const auto executions = world.executions();
    const auto task_runs = world.task_runs();
    CHECK(executions == Texts{"2026-10-09 04:00:00 4", "2026-10-10 04:00:00 4"});
    world.forget();
    world.execute("DELETE FROM execution_log WHERE execution_key = 1;"
                  "UPDATE execution SET logs_pruned_at = changed_at WHERE execution_key = 1");
    CHECK(world.executions() == Texts{" ", " "});
    const SyncReport report = world.sync(); // which changes none that it finds as they were
    CHECK(report.outdated.rules);
    CHECK(world.executions() == Texts{" ", " "});

    CHECK(attribute(world).rewritten == 2);
    CHECK(world.executions() == executions);
    CHECK(world.task_runs() == task_runs);
    CHECK(outdated(world).none());
    CHECK(attribute(world).rewritten == 0);
}

TEST_CASE("local times follow the old reporting zone until attribute applies the new one") {
    Copenhagen world(GENERATE("sqlite", "postgres"), {"2026-10-09 02:00:00"});
    world.config.sync.reporting_timezone = TimeZone::find("America/New_York").value();
    world.sync({.full = true});
    CHECK(world.executions() == Texts{"2026-10-09 04:00:00 4"});
    attribute(world);
    CHECK(world.executions() == Texts{"2026-10-08 22:00:00 22"});
    CHECK(world.task_runs() == Texts{"2026-10-08 22:00:00 22"});
    CHECK(world.damage() == Texts{});
}
