#include "support/catch.hpp"
#include "support/sample_workspace.hpp"
#include "support/simulator.hpp"
#include "support/workspace.hpp"
#include "warehouse/backends.hpp"
#include "warehouse/sqlite/connection.hpp"

#include <nlohmann/json.hpp>

using namespace tidemark::test;

TEST_CASE("status gives a verdict first, and ends with 3 when it is strict", "[status]") {
    // Long ago, so that each source is late at whatever hour the test runs.
    const Simulator simulator({"--jobs", "3", "--now", "2026-10-20T06:00:00Z"});
    const Workspace workspace = Workspace::on(GENERATE("sqlite", "postgres"), simulator.url());
    REQUIRE(workspace.run({"sync"}).exit_code == 0);
    const Ran status = workspace.run({"status"});
    CHECK(status.exit_code == 0);
    CHECK_THAT(status.out, Catch::Matchers::StartsWith("not well: 0 of 9 sources fresh, 9 late"));
    const Ran strict = workspace.run({"status", "--strict", "--format", "json"});
    CHECK(strict.exit_code == 3);
    const auto shown = nlohmann::json::parse(strict.out);
    CHECK(shown.at("well") == false);
    CHECK_FALSE(shown.at("reasons").empty());
    CHECK(shown.at("coverage").at("sources") == shown.at("sources").size());
    CHECK(shown.at("jobs").size() == 3);
    CHECK(shown.at("syncs").at(0).at("outcome") == "succeeded");
    CHECK(workspace.run({"status", "--format", "csv"}).exit_code == 2);
}

TEST_CASE("what a sync found is printed although the sources cannot be read afterwards",
          "[status]") {
    SampleWorkspace workspace;
    REQUIRE(workspace.run({"sync", "--from", samples + "night1"}).exit_code == 0);
    sqlite::Connection(workspace / "tidemark.db", sqlite::Access::existing)
        .execute("DROP VIEW late_sources;"
                 "CREATE VIEW late_sources AS SELECT * FROM no_such_table");
    const Ran ran = workspace.run({"sync", "--from", samples + "night2"});
    CHECK(ran.exit_code == 0);
    CHECK_THAT(ran.err, ContainsSubstring("tidemark: synced ") &&
                            ContainsSubstring("cannot say how fresh the data sources are: "));
}

TEST_CASE("a wording that changes between two nights is told by the sync, then by status",
          "[status]") {
    const Simulator simulator({"--jobs", "2", "--now", "2026-10-20T06:00:00Z"});
    const Workspace workspace = Workspace::on(GENERATE("sqlite", "postgres"), simulator.url());
    REQUIRE(workspace.run({"sync"}).exit_code == 0);
    simulator.send("clock?advance=86400");
    simulator.send("options?wording=verbose");
    const Ran changed = workspace.run({"sync"});
    CHECK(changed.exit_code == 3);
    CHECK_THAT(changed.err, ContainsSubstring("the wording seems to have changed: job '"));
    const Ran strict = workspace.run({"status", "--strict"});
    CHECK(strict.exit_code == 3);
    CHECK_THAT(strict.out, ContainsSubstring("the wording of messages seems to have changed"));
    const Ran again = workspace.run({"sync"});
    CHECK(again.exit_code == 0);
    CHECK_THAT(again.err, !ContainsSubstring("wording"));
    simulator.send("clock?advance=86400");
    const Ran next = workspace.run({"sync"});
    CHECK(next.exit_code == 0);
    CHECK_THAT(next.err, !ContainsSubstring("wording"));
}
