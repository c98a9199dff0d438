#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/http_server.hpp"
#include "support/neutral_rows.hpp"
#include "support/sample_workspace.hpp"

using namespace tidemark::test;

namespace {

const std::string bodies = samples + "night1";

} // namespace

TEST_CASE("a slip in 'include' that leaves no job is told by sync and check") {
    HttpServer server([](const Asked&) { return respond(200, read_file(bodies + "/jobs.json")); });
    SampleWorkspace workspace(server.url());
    const auto include = [&](const std::string& lists) {
        std::string config = read_file(workspace / "config.toml");
        const auto at = config.find("[sync]\n");
        REQUIRE(at != std::string::npos);
        write_file(workspace / "config.toml", config.insert(at + 7, lists + "\n"));
    };
    SECTION("no job is left") {
        include("include = [\"Nigthly*\"]");
        for (const std::vector<std::string>& command : std::vector<std::vector<std::string>>{
                 {"sync", "--from", bodies}, {"sync", "--from", bodies, "--dry-run"}, {"check"}}) {
            const Ran ran = workspace.run(command);
            CHECK(ran.exit_code == 3);
            CHECK_THAT(
                ran.err + ran.out,
                ContainsSubstring("'sync.include' and 'sync.exclude' leave none of the 5 jobs") &&
                    ContainsSubstring("'Nigthly*' in 'sync.include' fits none of the jobs"));
        }
    }
    SECTION("some are left") {
        include("exclude = [\"Nigthly*\"]");
        for (const std::vector<std::string>& command :
             std::vector<std::vector<std::string>>{{"sync", "--from", bodies}, {"check"}}) {
            const Ran ran = workspace.run(command);
            CHECK(ran.exit_code == 0);
            CHECK_THAT(ran.err + ran.out,
                       ContainsSubstring("'Nigthly*' in 'sync.exclude' fits none of the jobs"));
        }
    }
}

TEST_CASE("a list without a job is told, and marks nothing as missing") {
    SampleWorkspace workspace;
    write_file(workspace / "nothing/jobs.json", "[]");
    const Ran first = workspace.run({"sync", "--from", "nothing"});
    CHECK(first.exit_code == 3);
    CHECK_THAT(first.err, ContainsSubstring("the API lists no job at all; check"));
    REQUIRE(workspace.run({"sync", "--from", bodies}).exit_code == 0);
    const Ran later = workspace.run({"sync", "--from", "nothing"});
    CHECK(later.exit_code == 3);
    CHECK_THAT(later.err, ContainsSubstring("nothing was loaded or marked as missing"));
    CHECK(workspace.run({"verify", "--from", bodies}).exit_code == 0);
    CHECK(workspace.run({"sync", "--from", "nothing", "--accept-jobs"}).exit_code == 0);
}

TEST_CASE("a slip in 'schedule' is told by sync and check, with the job that was meant") {
    HttpServer server([](const Asked&) { return respond(200, read_file(bodies + "/jobs.json")); });
    SampleWorkspace workspace(server.url());
    write_file(workspace / "config.toml", read_file(workspace / "config.toml") +
                                              "\n[schedule]\n\"Nigthly load 2\" = \"02:00\"\n");
    for (const std::vector<std::string>& command :
         std::vector<std::vector<std::string>>{{"sync", "--from", bodies}, {"check"}}) {
        const Ran ran = workspace.run(command);
        CHECK(ran.exit_code == 0);
        CHECK_THAT(
            ran.err + ran.out,
            ContainsSubstring("'Nigthly load 2' in 'schedule' fits none of the jobs (did you "
                              "mean 'Nightly load 2'?); 'tidemark jobs' lists"));
    }
}
