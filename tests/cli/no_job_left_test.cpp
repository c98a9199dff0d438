#include "support/catch.hpp"
#include "support/http_server.hpp"
#include "support/neutral_rows.hpp"
#include "support/sample_desk.hpp"

using namespace tidemark::test;

namespace {

const std::string bodies = samples + "night1";

} // namespace

TEST_CASE("a slip in 'include' that leaves no job is told by sync and check") {
    HttpServer server([](const Asked&) { return respond(200, read_file(bodies + "/jobs.json")); });
    SampleDesk desk(server.url());
    const auto include = [&](const std::string& lists) {
        std::string config = read_file(desk / "config.toml");
        const auto at = config.find("[sync]\n");
        REQUIRE(at != std::string::npos);
        write_file(desk / "config.toml", config.insert(at + 7, lists + "\n"));
    };
    SECTION("no job is left") {
        include("include = [\"Nigthly*\"]");
        for (const std::vector<std::string>& command : std::vector<std::vector<std::string>>{
                 {"sync", "--from", bodies}, {"sync", "--from", bodies, "--dry-run"}, {"check"}}) {
            const Ran ran = desk.run(command);
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
            const Ran ran = desk.run(command);
            CHECK(ran.exit_code == 0);
            CHECK_THAT(ran.err + ran.out,
                       ContainsSubstring("'Nigthly*' in 'sync.exclude' fits none of the jobs"));
        }
    }
}

TEST_CASE("a list without a job is told, and marks nothing as missing") {
    SampleDesk desk;
    write_file(desk / "nothing/jobs.json", "[]");
    const Ran first = desk.run({"sync", "--from", "nothing"});
    CHECK(first.exit_code == 3);
    CHECK_THAT(first.err, ContainsSubstring("the API lists no job at all; check"));
    REQUIRE(desk.run({"sync", "--from", bodies}).exit_code == 0);
    const Ran later = desk.run({"sync", "--from", "nothing"});
    CHECK(later.exit_code == 3);
    CHECK_THAT(later.err, ContainsSubstring("nothing was loaded or marked as missing"));
    CHECK(desk.run({"verify", "--from", bodies}).exit_code == 0);
    CHECK(desk.run({"sync", "--from", "nothing", "--accept-jobs"}).exit_code == 0);
}
