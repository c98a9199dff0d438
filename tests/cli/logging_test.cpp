#include "support/catch.hpp"
#include "support/sample_workspace.hpp"
#include "support/simulator.hpp"

#include <nlohmann/json.hpp>

#include <sstream>
#include <vector>

using namespace tidemark::test;

namespace {

std::vector<std::string> lines_in(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

std::vector<nlohmann::json> objects_in(const std::string& text) {
    std::vector<nlohmann::json> objects;
    for (const std::string& line : lines_in(text)) {
        CAPTURE(line);
        objects.push_back(nlohmann::json::parse(line));
        CHECK(objects.back().size() == 4);
        CHECK(objects.back()["time_utc"].get<std::string>().size() == 26);
        CHECK_THAT(objects.back()["message"].get<std::string>(),
                   !ContainsSubstring("tidemark: ") && !ContainsSubstring("\n"));
    }
    return objects;
}

std::vector<std::string> sync_from(const std::string& night, std::vector<std::string> more) {
    more.insert(more.begin(), {"sync", "--from", samples + night});
    return more;
}

} // namespace

TEST_CASE("with --log-format json every line on stderr is an object", "[log]") {
    SampleWorkspace workspace;
    const Ran ran = workspace.run(sync_from("night1", {"--log-format", "json"}));
    CHECK(ran.exit_code == 0);
    CHECK(ran.out.empty());
    const auto objects = objects_in(ran.err);
    REQUIRE(objects.size() >= 7); // five jobs, the summary, the figures
    std::size_t of_sync = 0;
    for (const auto& object : objects)
        of_sync += object["sync"] == 1 ? 1U : 0U;
    CHECK(of_sync == objects.size());
    CHECK(objects.back()["level"] == "info");
    CHECK_THAT(objects.back()["message"].get<std::string>(), ContainsSubstring("sources"));

    const auto second =
        objects_in(workspace.run(sync_from("night2", {"--log-format", "json"})).err);
    CHECK(second.back()["sync"] == 2);
}

TEST_CASE("an error is an object too, whatever it holds", "[log]") {
    SampleWorkspace workspace;
    const Ran ran =
        workspace.run({"sync", "--from", "no \"such\"\nfolder", "--log-format", "json"});
    CHECK(ran.exit_code == 1);
    const auto objects = objects_in(ran.err);
    REQUIRE_FALSE(objects.empty());
    CHECK(objects.back()["level"] == "error");
    CHECK_THAT(objects.back()["message"].get<std::string>(), ContainsSubstring("such"));
    const Ran missing = workspace.run({"jobs", "--config", "none.toml", "--log-format", "json"});
    CHECK(missing.exit_code == 2);
    REQUIRE(objects_in(missing.err).size() == 1);
    CHECK(objects_in(missing.err).front()["sync"].is_null());
}

TEST_CASE("quiet leaves only what needs attention", "[log]") {
    SampleWorkspace workspace;
    workspace.configure("");
    const Ran noisy = workspace.run(sync_from("night1", {}));
    SampleWorkspace quiet_workspace;
    const Ran quiet = quiet_workspace.run(sync_from("night1", {"--quiet"}));
    CHECK(quiet.exit_code == 0);
    CHECK_THAT(noisy.err, ContainsSubstring("read job ") && ContainsSubstring("synced 5 jobs"));
    CHECK_THAT(quiet.err, !ContainsSubstring("read job ") && !ContainsSubstring("synced 5 jobs"));
    for (const std::string& line : lines_in(quiet.err))
        CHECK_THAT(noisy.err, ContainsSubstring(line.substr(0, 30)));
    CHECK_THAT(quiet.err, ContainsSubstring("tidemark: late: ")); // the samples are old by now
    CHECK_THAT(quiet_workspace.run({"sync", "--from", "nowhere", "--quiet"}).err,
               ContainsSubstring("nowhere"));
}

TEST_CASE("verbose says of each job what came", "[log]") {
    SampleWorkspace workspace;
    const Ran ran = workspace.run(sync_from("night1", {"--verbose"}));
    CHECK_THAT(ran.err, ContainsSubstring("tidemark: job 'Nightly load 2': ") &&
                            ContainsSubstring(" new, 0 changed, 0 unchanged") &&
                            ContainsSubstring("loaded through 20"));
    CHECK_THAT(workspace.run(sync_from("night1", {})).err, !ContainsSubstring("loaded through"));
    const Ran both = workspace.run(sync_from("night1", {"--verbose", "--quiet"}));
    CHECK(both.exit_code == 2);
    CHECK_THAT(workspace.run(sync_from("night1", {"--log-format", "jsn"})).err,
               ContainsSubstring("did you mean 'json'?"));
}
