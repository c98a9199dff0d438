#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/http_server.hpp"
#include "support/sample_workspace.hpp"
#include "support/skip.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdlib>
#include <filesystem>

using namespace tidemark::test;

namespace {

/// A listener for pings, and a workspace whose syncs send them.
struct Watched {
    explicit Watched(int status = 200)
        : server([status](const Asked&) { return respond(status, "OK"); }) {
        workspace.configure(fmt::format("\n[ping]\nurl = \"{}/0d5f?a=b\"\n"
                                        "[metrics]\ntextfile = \"tidemark.prom\"\n",
                                        server.url()));
    }

    [[nodiscard]] std::vector<std::string> paths() const {
        std::vector<std::string> paths;
        for (const Asked& asked : server.asked())
            paths.push_back(asked.path);
        return paths;
    }

    nlohmann::json sync_from(const std::string& folder, int exit_code) {
        const Ran ran = workspace.run({"sync", "--from", folder, "--summary", "summary.json"});
        CHECK(ran.exit_code == exit_code);
        return nlohmann::json::parse(read_file(workspace / "summary.json"));
    }

    HttpServer server;
    SampleWorkspace workspace;
};

} // namespace

TEST_CASE("a night that went well is told by pings, a summary and metrics") {
    Watched night;
    const auto summary = night.sync_from(samples + "night1", 0);
    CHECK(night.paths() == std::vector<std::string>{"/0d5f/start?a=b", "/0d5f?a=b"});
    for (const Asked& asked : night.server.asked()) {
        CHECK(asked.method == "GET");
        for (const auto& [name, value] : asked.headers)
            CHECK_THAT(value, !ContainsSubstring("a-secret-key"));
    }
    CHECK(summary["outcome"] == "succeeded");
    CHECK(summary["exit_code"] == 0);
    CHECK(summary["counts"]["executions_new"] > 0);
    CHECK(summary["jobs"].size() == 5);
    const std::string metrics = read_file(night.workspace / "tidemark.prom");
    CHECK_THAT(metrics,
               ContainsSubstring("\ntidemark_sync_exit_code{organisation=\"default\"} 0\n"));
    CHECK_THAT(metrics, ContainsSubstring("\n# TYPE tidemark_source_late gauge\n"));
    CHECK_THAT(metrics, ContainsSubstring("tidemark_job_open_executions{organisation=\"default\","
                                          "job=\"Nightly load 2\",job_id=\""));
    CHECK_THAT(metrics, ContainsSubstring("tidemark_source_last_success_age_seconds{"
                                          "organisation=\"default\",data_source=\"Finance\"} "));
    CHECK_FALSE(std::filesystem::exists(night.workspace / "tidemark.prom.new"));
}

TEST_CASE("Prometheus' own check finds nothing to say about the metrics") {
    if (std::system("command -v promtool >/dev/null") != 0) {
        return skip_case("there is no promtool, which Debian's package 'prometheus' has");
    }
    Watched night;
    const bool failed = GENERATE(false, true);
    night.sync_from(failed ? "no-such-folder" : samples + "night1", failed ? 1 : 0);
    const std::string file = (night.workspace / "tidemark.prom").string();
    const std::string said = (night.workspace / "said").string();
    CHECK(std::system(fmt::format("promtool check metrics <{} >{} 2>&1", file, said).c_str()) == 0);
    CHECK(read_file(said).empty());
}

TEST_CASE("a night that failed is told, and why") {
    Watched night;
    const auto summary = night.sync_from("no-such-folder", 1);
    CHECK(night.paths() == std::vector<std::string>{"/0d5f/start?a=b", "/0d5f/fail?a=b"});
    CHECK(summary["outcome"] == "failed");
    CHECK_THAT(summary["error"].get<std::string>(), ContainsSubstring("no-such-folder"));
    CHECK_FALSE(summary.contains("counts"));
    CHECK_THAT(read_file(night.workspace / "tidemark.prom"),
               ContainsSubstring("tidemark_sync_exit_code{organisation=\"default\"} 1\n"));
}

TEST_CASE("a dry run pings nobody") {
    Watched night;
    CHECK(night.workspace.run({"sync", "--from", samples + "night1", "--dry-run"}).exit_code == 0);
    CHECK(night.paths().empty());
    CHECK_FALSE(std::filesystem::exists(night.workspace / "tidemark.prom"));
}

TEST_CASE("who cannot be told is a line, and no failure of the night") {
    Watched night(500);
    std::filesystem::create_directory(night.workspace / "tidemark.prom");
    const Ran ran = night.workspace.run({"sync", "--from", samples + "night1"});
    CHECK(ran.exit_code == 0);
    CHECK_THAT(ran.err,
               ContainsSubstring("tidemark: cannot ping '" + night.server.url() + "': HTTP 500\n"));
    CHECK_THAT(ran.err, !ContainsSubstring("0d5f"));
    CHECK_THAT(ran.err, ContainsSubstring("tidemark: cannot write '"));
}

TEST_CASE("a listener that never answers delays a sync by no more than the timeout") {
    HttpServer silent([](const Asked&) { return Reply{"", Reply::Then::stay_silent}; });
    SampleWorkspace workspace;
    workspace.configure(fmt::format("\n[ping]\nurl = \"{}\"\ntimeout_s = 1\n", silent.url()));
    const Ran ran = workspace.run({"sync", "--from", samples + "night1"});
    CHECK(ran.exit_code == 0);
    CHECK(silent.asked().size() == 2);
    CHECK_THAT(ran.err, ContainsSubstring("tidemark: cannot ping '" + silent.url() + "'"));
}
