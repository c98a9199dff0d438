#include "support/catch.hpp"
#include "support/fake_source.hpp"
#include "support/files.hpp"
#include "support/http_server.hpp"
#include "support/program.hpp"
#include "support/temporary_folder.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <regex>
#include <set>

using namespace tidemark::test;

namespace {

/// A title for the terminal, a cleared screen, a colour by C1, text that runs backwards, a line
/// separator and a return that overwrites its line.
const std::string hostile = "\x1b]0;owned\x07\x1b[2J\xC2\x9B"
                            "31m\xE2\x80\xAEtxt.exe\xE2\x81\xA6\xE2\x80\xA8\x7F\rroot\x08";

/// The first thing in a text that a terminal would obey, as hexadecimal digits; "" when it is safe.
std::string obeyed(const std::string& text) {
    static const std::regex orders("[\\x01-\\x08\\x0b-\\x1f\\x7f]|\xC2[\x80-\x9F]|"
                                   "\xE2\x80[\x8E\x8F\xA8-\xAE]|\xE2\x81[\xA6-\xA9]|\xD8\x9C");
    std::smatch found;
    if (!std::regex_search(text, found, orders)) return "";
    std::string digits;
    for (const char c : found.str())
        digits += fmt::format("{:02x}", static_cast<unsigned char>(c));
    return fmt::format("{} in: {}", digits,
                       text.substr(static_cast<std::size_t>(found.position())));
}

std::string without_row_ends(std::string csv) {
    for (std::size_t at = 0; (at = csv.find("\r\n", at)) != std::string::npos;)
        csv.erase(at, 1);
    return csv;
}

std::string json_of(const std::string& text) { return nlohmann::json(text).dump(); }

/// A folder of saved bodies in which every text is hostile, and a configuration whose rule takes
/// the task's name from them.
struct HostileWorkspace : TemporaryFolder {
    HostileWorkspace() {
        const std::string job = to_text(numbered(1));
        write_file(path() / "bodies/jobs.json",
                   fmt::format(R"([{{"Id":"{}","Name":{}}}])", job, json_of("job " + hostile)));
        std::string body = body_of(
            {{.id = 1,
              .job = 1,
              .state = 2,
              .created = "2026-10-01T03:00:00",
              .ended = "2026-10-01T03:10:00",
              .messages = {"=cmd|'/c calc'!A1 " + hostile, "@SUM(1+1)" + hostile, "plain"}}});
        body.insert(1, fmt::format(R"({{"Id":{0},{0}:1}},)", json_of(hostile)));
        body.insert(body.size() - 2, fmt::format(",{0}:{0}", json_of(hostile)));
        write_file(path() / "bodies/logs" / (job + ".json"), body);
        configure("https://gateway.example");
    }

    void configure(const std::string& base_url) {
        write_file(path() / "config.toml",
                   fmt::format("[source]\nbase_url = \"{}\"\nretries = 0\n"
                               "[[attribution.rule]]\npattern = '(?s)^(?P<error>(?P<task>.+))$'\n"
                               "outcome = \"failed\"\n"
                               "[[attribution.convention]]\npattern = '(?s)^(?P<source>.+)$'\n"
                               "[freshness]\ndefault = \"1h\"\n",
                               base_url));
    }

    Ran run(const std::vector<std::string>& arguments) { return run_tidemark(path(), arguments); }

    void check_safe(const std::vector<std::string>& arguments) {
        const Ran ran = run(arguments);
        CAPTURE(arguments);
        CHECK(obeyed(without_row_ends(ran.out)) == "");
        CHECK(obeyed(ran.err) == "");
    }
};

const std::vector<std::string> relations = {"execution_log",
                                            "execution",
                                            "job",
                                            "data_source",
                                            "transfer_task",
                                            "task_run",
                                            "sync_job",
                                            "sync_run",
                                            "rejected_record",
                                            "last_successful_load",
                                            "jobs",
                                            "failed_runs",
                                            "rejected_records",
                                            "unattributed_tasks",
                                            "watermarks",
                                            "running_now",
                                            "last_failure_messages",
                                            "fact_log",
                                            "dim_job",
                                            "fact_task_run",
                                            "data_source_activity"};

} // namespace

TEST_CASE("nothing that a source says reaches the terminal as an order", "[hostile]") {
    REQUIRE(obeyed(hostile) != "");
    HostileWorkspace workspace;
    const Ran sync = workspace.run({"sync", "--from", "bodies"});
    CHECK(sync.exit_code == 3); // the record whose id is hostile
    CHECK(obeyed(sync.err) == "");
    CHECK_THAT(sync.err, ContainsSubstring("\\x1b[2J\\x9b31m\\u202etxt.exe\\u2066\\u2028\\x7f\\r"));
    for (const std::string& relation : relations) {
        for (const std::string format : {"table", "csv", "json"})
            workspace.check_safe({"query", relation, "--format", format});
    }
    workspace.check_safe({"status"});
    workspace.check_safe({"check"});
    workspace.check_safe({"verify", "--from", "bodies"});
    workspace.check_safe({"verify", "--offline"});
    workspace.check_safe({"query"});
}

TEST_CASE("the exact text of a hostile message is kept, and JSON gives it back", "[hostile]") {
    HostileWorkspace workspace;
    workspace.run({"sync", "--from", "bodies"});
    const Ran query = workspace.run({"query", "execution_log", "--format", "json"});
    std::set<std::string> messages;
    for (const auto& row : nlohmann::json::parse(query.out))
        messages.insert(row["message"].get<std::string>());
    CHECK(messages.contains("@SUM(1+1)" + hostile));
}

TEST_CASE("a hostile message is no formula in a spreadsheet", "[hostile]") {
    HostileWorkspace workspace;
    workspace.run({"sync", "--from", "bodies"});
    for (const std::string relation : {"execution_log", "task_run", "transfer_task"}) {
        const std::string csv = workspace.run({"query", relation, "--format", "csv"}).out;
        CHECK_THAT(csv, ContainsSubstring("'=cmd|") && ContainsSubstring("'@SUM(1+1)"));
        CHECK_THAT(csv, !ContainsSubstring(",=cmd|") && !ContainsSubstring(",\"=cmd|"));
        CHECK_THAT(csv, !ContainsSubstring(",@SUM") && !ContainsSubstring(",\"@SUM"));
    }
}

TEST_CASE("nothing that a server says reaches the terminal as an order", "[hostile]") {
    HostileWorkspace workspace;
    const std::string listed = read_file(workspace / "bodies/jobs.json");
    const std::string status = fmt::format(R"([{{"JobId":"{}","Status":1,"Message":{}}}])",
                                           to_text(numbered(1)), json_of(hostile));
    int code = 200;
    HttpServer server([&](const Asked& asked) {
        if (asked.path == "/public/jobs") return respond(200, listed);
        if (asked.path == "/public/jobs/status" && code == 200) return respond(200, status);
        return respond(code == 200 ? 400 : code, "the server says " + hostile,
                       "X-Note: " + std::string{"\x1b[2J"} + "\r\n");
    });
    workspace.configure(server.url());
    for (const int refusal : {200, 400, 403, 404}) {
        code = refusal;
        for (const std::string command : {"sync", "jobs", "check", "verify"})
            workspace.check_safe({command});
        workspace.check_safe({"jobs", "--format", "json"});
        workspace.check_safe({"jobs", "--format", "csv"});
    }
}

TEST_CASE("names of files, views and jobs are shown as they are not obeyed", "[hostile]") {
    HostileWorkspace workspace;
    workspace.run({"sync", "--from", "bodies"});
    workspace.check_safe({"sync", "--config", hostile + ".toml"});
    workspace.check_safe({"sync", "--from", hostile});
    workspace.check_safe({"sync", "--from", "bodies", "--job", hostile});
    workspace.check_safe({"query", hostile});
    workspace.check_safe({hostile});
    workspace.check_safe({"sync", "--" + hostile});
    workspace.check_safe({"copy", "--to", "sqlite:" + hostile + "/x.db"});
    workspace.check_safe({"copy", "--to", "postgresql://nobody@127.0.0.1:1/" + hostile});
    for (const std::string& text : {hostile + " = 1", "[source]\n\"" + hostile + "\" = 1",
                                    "[source]\nbase_url = 'https://" + hostile + "'"}) {
        write_file(workspace / "odd.toml", text);
        workspace.check_safe({"sync", "--config", "odd.toml"});
    }
    const auto folder = workspace.path() / ("a" + hostile);
    write_file(folder / "jobs.json", "{");
    workspace.check_safe({"sync", "--from", folder.string()});
    workspace.check_safe({"verify", "--from", folder.string()});
}
