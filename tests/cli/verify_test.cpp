#include "support/catch.hpp"
#include "support/sample_desk.hpp"
#include "support/simulator.hpp"
#include "warehouse/sqlite/connection.hpp"

#include <nlohmann/json.hpp>

using namespace tidemark;
using namespace tidemark::test;

TEST_CASE("verify exits 0 when all agrees, 3 when something differs, 1 when it cannot say",
          "[verify]") {
    SampleDesk desk;
    CHECK(desk.run({"verify", "--from", samples + "night1"}, "").exit_code ==
          1); // no warehouse yet
    desk.run({"sync", "--from", samples + "night1"});
    const std::string stored = read_file(desk / "tidemark.db");
    const Ran same = desk.run({"verify", "--from", samples + "night1", "--format", "json"}, "");
    CHECK(same.exit_code == 0);
    for (const auto& job : nlohmann::json::parse(same.out)) {
        CHECK(job["verdict"] == "ok");
        CHECK(job["executions"] == job["stored_executions"]);
        CHECK(job["log_lines"] == job["stored_log_lines"]);
    }
    const Ran later = desk.run({"verify", "--from", samples + "night2"}, "");
    CHECK(later.exit_code == 3);
    CHECK_THAT(later.out, ContainsSubstring("tidemark sync"));
    CHECK(desk.run({"verify", "--from", samples + "nowhere"}, "").exit_code == 1);
    CHECK(read_file(desk / "tidemark.db") == stored);

    desk.run({"sync", "--from", samples + "night2"});
    CHECK(desk.run({"verify", "--from", samples + "night2"}, "").exit_code == 0);
}

TEST_CASE("verify names the job whose body cannot be read, and goes on", "[verify]") {
    SampleDesk desk;
    std::filesystem::copy(samples + "night1", desk / "bodies",
                          std::filesystem::copy_options::recursive);
    desk.run({"sync", "--from", "bodies"});
    for (const auto& file : std::filesystem::directory_iterator(desk / "bodies/logs")) {
        write_file(file.path(), "{}");
        break;
    }
    const Ran ran = desk.run({"verify", "--from", "bodies"}, "");
    CHECK(ran.exit_code == 3);
    CHECK_THAT(ran.out, ContainsSubstring("unread"));
    CHECK_THAT(ran.err, ContainsSubstring("failed: "));
}

TEST_CASE("verify reads the API where no folder is named", "[verify]") {
    const Simulator simulator({"--folder", samples + "night1"});
    SampleDesk desk;
    write_file(desk / "config.toml", sample_config(simulator.url()));
    desk.run({"sync"}, "a-secret-key");
    CHECK(desk.run({"verify"}, "a-secret-key").exit_code == 0);
    CHECK(desk.run({"verify"}, "the-wrong-key").exit_code == 1);
    CHECK(desk.run({"verify"}, "").exit_code == 2);
    CHECK(desk.run({"verify", "--job", "no such job"}, "a-secret-key").exit_code == 2);
    CHECK(desk.run({"verify", "--offline", "--job", "x"}).exit_code == 2);
}

TEST_CASE("verify --offline needs neither key nor network", "[verify]") {
    SampleDesk desk;
    desk.run({"sync", "--from", samples + "night1"});
    const Ran ran = desk.run({"verify", "--offline"}, "");
    CHECK(ran.exit_code == 0);
    CHECK(ran.err.empty());
    CHECK_THAT(ran.out, ContainsSubstring("log_count") && !ContainsSubstring("violated"));

    sqlite::Connection(desk / "tidemark.db", sqlite::Access::existing)
        .execute("UPDATE sync_run SET outcome = 'running', ended_at = NULL, duration_ms = NULL;"
                 "UPDATE execution SET log_count = 0 WHERE execution_key = 1");
    const Ran broken = desk.run({"verify", "--offline"});
    CHECK(broken.exit_code == 3);
    CHECK_THAT(broken.err, ContainsSubstring("a sync is under way"));
    CHECK_THAT(broken.out, ContainsSubstring("execution_key=1 log_count=0 lines="));
}
