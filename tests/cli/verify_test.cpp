#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/sample_workspace.hpp"
#include "support/simulator.hpp"
#include "warehouse/sqlite/connection.hpp"

#include <nlohmann/json.hpp>

using namespace tidemark;
using namespace tidemark::test;

TEST_CASE("verify exits 0 when all agrees, 3 when something differs, 1 when it cannot say",
          "[verify]") {
    SampleWorkspace workspace;
    CHECK(workspace.run({"verify", "--from", samples + "night1"}, "").exit_code ==
          1); // no warehouse yet
    workspace.run({"sync", "--from", samples + "night1"});
    const std::string stored = read_file(workspace / "tidemark.db");
    const Ran same =
        workspace.run({"verify", "--from", samples + "night1", "--format", "json"}, "");
    CHECK(same.exit_code == 0);
    for (const auto& job : nlohmann::json::parse(same.out)) {
        CHECK(job["verdict"] == "ok");
        CHECK(job["executions"] == job["stored_executions"]);
        CHECK(job["log_lines"] == job["stored_log_lines"]);
    }
    const Ran later = workspace.run({"verify", "--from", samples + "night2"}, "");
    CHECK(later.exit_code == 3);
    CHECK_THAT(later.out, ContainsSubstring("tidemark sync"));
    CHECK(workspace.run({"verify", "--from", samples + "nowhere"}, "").exit_code == 1);
    CHECK(read_file(workspace / "tidemark.db") == stored);

    workspace.run({"sync", "--from", samples + "night2"});
    CHECK(workspace.run({"verify", "--from", samples + "night2"}, "").exit_code == 0);
}

TEST_CASE("verify names the job whose body cannot be read, and goes on", "[verify]") {
    SampleWorkspace workspace;
    std::filesystem::copy(samples + "night1", workspace / "bodies",
                          std::filesystem::copy_options::recursive);
    workspace.run({"sync", "--from", "bodies"});
    for (const auto& file : std::filesystem::directory_iterator(workspace / "bodies/logs")) {
        write_file(file.path(), "{}");
        break;
    }
    const Ran ran = workspace.run({"verify", "--from", "bodies"}, "");
    CHECK(ran.exit_code == 3);
    CHECK_THAT(ran.out, ContainsSubstring("unread"));
    CHECK_THAT(ran.err, ContainsSubstring("failed: "));
}

TEST_CASE("verify reads the API where no folder is named", "[verify]") {
    const Simulator simulator({"--folder", samples + "night1"});
    SampleWorkspace workspace;
    write_file(workspace / "config.toml", sample_config(simulator.url()));
    workspace.run({"sync"}, "a-secret-key");
    CHECK(workspace.run({"verify"}, "a-secret-key").exit_code == 0);
    CHECK(workspace.run({"verify"}, "the-wrong-key").exit_code == 1);
    CHECK(workspace.run({"verify"}, "").exit_code == 2);
    CHECK(workspace.run({"verify", "--job", "no such job"}, "a-secret-key").exit_code == 2);
    CHECK(workspace.run({"verify", "--offline", "--job", "x"}).exit_code == 2);
}

TEST_CASE("verify --offline needs neither key nor network", "[verify]") {
    SampleWorkspace workspace;
    workspace.run({"sync", "--from", samples + "night1"});
    const Ran ran = workspace.run({"verify", "--offline"}, "");
    CHECK(ran.exit_code == 0);
    CHECK(ran.err.empty());
    CHECK_THAT(ran.out, ContainsSubstring("log_count") && !ContainsSubstring("violated"));

    sqlite::Connection(workspace / "tidemark.db", sqlite::Access::existing)
        .execute("UPDATE sync_run SET outcome = 'running', ended_at = NULL, duration_ms = NULL;"
                 "UPDATE execution SET log_count = 0 WHERE execution_key = 1");
    const Ran broken = workspace.run({"verify", "--offline"});
    CHECK(broken.exit_code == 3);
    CHECK_THAT(broken.err, ContainsSubstring("a sync is under way"));
    CHECK_THAT(broken.out, ContainsSubstring("execution_key=1 log_count=0 lines="));
}
