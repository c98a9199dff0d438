// Who is told what began and what ended: once each.
#include "cases/loads.hpp"
#include "config/config.hpp"
#include "monitoring/alert.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/http_server.hpp"
#include "support/sample_workspace.hpp"
#include "support/workspace.hpp"
#include "warehouse/tables.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <atomic>
#include <chrono>
#include <map>
#include <sstream>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const Timestamp monday = timestamp_from_text("2026-10-05 06:00:00.000000").value();

struct Nights : OneJob {
    explicit Nights(std::string_view backend) : OneJob({}, backend) {}

    /// A sync in the morning after a run that logs this. Returns what holds then, but for late
    /// sources, which depend on today's clock.
    std::vector<std::string> add(std::vector<std::string> messages) {
        const Timestamp at = monday + hours{24} * static_cast<int>(m_executions.size());
        m_executions.push_back(
            execution_at(static_cast<unsigned>(m_executions.size() + 1), at, std::move(messages)));
        set(m_executions);
        set_world_clock(to_text(at + hours{4}).substr(0, 19));
        Night night{.organisation = config.source.organisation,
                    .started_at = at + hours{4},
                    .exit_code = ExitCode::ok};
        night.report = sync();
        const auto warehouse = open();
        auto holds = alert_conditions(night, warehouse.get());
        for (auto& lasting : lasting_errors(night, *warehouse, m_notified))
            holds.push_back(std::move(lasting));
        std::vector<std::string> shown;
        for (const AlertCondition& condition : alert_news(holds, {}).begun) { // each once
            if (condition.kind == "source_late") continue;
            shown.push_back(condition.kind + ": " + condition.text);
            m_notified.push_back({.kind = condition.kind, .subject = condition.subject});
        }
        return shown;
    }

private:
    std::vector<BodyExecution> m_executions;
    std::vector<AlertRow> m_notified;
};

} // namespace

TEST_CASE("an error that is new holds until it is not logged for a day", "[alert]") {
    Nights world(GENERATE("sqlite", "postgres"));
    const std::string broken = "Transfer task 'CRM - a' failed with error: no space left";
    CHECK(world.add({loaded("CRM - a")}).empty());
    CHECK(world.add({loaded("CRM - a")}).empty());
    const auto begun = world.add({broken});
    REQUIRE(begun.size() == 1);
    CHECK_THAT(begun.front(), ContainsSubstring("new_error: an error that was not seen before"));
    CHECK_THAT(begun.front(), ContainsSubstring("failed with error"));
    CHECK(world.add({broken}).size() == 1);
    CHECK(world.add({loaded("CRM - a")}).empty());
}

TEST_CASE("a wording that changed holds until rules know the new one", "[alert]") {
    Nights world(GENERATE("sqlite", "postgres"));
    for (int i = 0; i < 3; ++i)
        CHECK(world.add({loaded("CRM - a")}).empty());
    const auto changed = world.add({"Loading of CRM - a is done"});
    REQUIRE(changed.size() == 1);
    CHECK_THAT(changed.front(), ContainsSubstring("wording_changed: "));
    CHECK_THAT(changed.front(), ContainsSubstring("Loading of"));
    CHECK(world.add({"Loading of CRM - a is done"}).size() == 1);
}

TEST_CASE("a run that does not come is a condition of its job", "[alert]") {
    Nights world("sqlite");
    for (int i = 0; i < 30; ++i)
        CHECK(world.add({loaded("CRM - a")}).empty());
    set_world_clock("2026-11-05 06:30:00"); // a day and half an hour after the last run
    Night night{.organisation = world.config.source.organisation, .exit_code = ExitCode::ok};
    night.report = world.sync();
    const auto warehouse = world.open();
    std::vector<std::string> missed;
    for (const auto& condition : alert_conditions(night, warehouse.get())) {
        if (condition.kind == "run_missed") missed.push_back(condition.text);
    }
    REQUIRE(missed.size() == 1);
    CHECK_THAT(missed.front(),
               ContainsSubstring("did not run at its usual time, 2026-11-04 06:00"));
}

namespace {

/// Listens for alerts, and answers with `status`.
class Listener {
public:
    Listener() : m_server([this](const Asked&) { return respond(status, "OK"); }) {}

    [[nodiscard]] std::string url() const { return m_server.url(); }

    /// What came since the last call, the kinds and subjects by event.
    std::map<std::string, std::vector<std::string>> news() {
        std::map<std::string, std::vector<std::string>> found;
        const auto asked = m_server.asked();
        for (; m_seen < asked.size(); ++m_seen) {
            CHECK(asked[m_seen].method == "POST");
            CHECK(asked[m_seen].headers.at("content-type") == "application/json");
            for (const auto& [name, value] : asked[m_seen].headers)
                CHECK_THAT(value, !ContainsSubstring("a-secret-key"));
            add(found, nlohmann::json::parse(asked[m_seen].body));
        }
        return found;
    }

    static void add(std::map<std::string, std::vector<std::string>>& found,
                    const nlohmann::json& body) {
        for (const auto& alert : body.at("alerts"))
            found[alert.at("event")].push_back(alert.at("kind").get<std::string>() + " " +
                                               alert.at("subject").get<std::string>());
    }

    [[nodiscard]] std::size_t calls() const { return m_server.asked().size(); }

    std::atomic<int> status = 200;

private:
    HttpServer m_server;
    std::size_t m_seen = 0;
};

/// A workspace whose syncs alert a listener and a command.
struct Alerted {
    explicit Alerted(std::string_view backend)
        : workspace(Workspace::on(backend, "https://gateway.example")) {
        const std::string config = read_file(workspace / "config.toml");
        write_file(workspace / "config.toml",
                   config + fmt::format("\n[alert]\nwebhook = \"{}/hooks/s3cr3t-path\"\n"
                                        "timeout_s = 5\ncommand = \"cat >> told.jsonl\"\n",
                                        listener.url()));
    }

    Ran sync(const std::string& folder = samples + "night1") const {
        return workspace.run({"sync", "--from", folder});
    }

    /// From now on no source is ever late.
    void calm_down() const {
        std::string config = read_file(workspace / "config.toml");
        const std::string from = "default = \"26h\"\n\"Finance\" = \"8h\"";
        const auto at = config.rfind(from);
        REQUIRE(at != std::string::npos);
        config.replace(at, from.size(), "default = \"36500d\"");
        write_file(workspace / "config.toml", config);
    }

    /// What the command was told so far.
    [[nodiscard]] std::map<std::string, std::vector<std::string>> notified() const {
        std::map<std::string, std::vector<std::string>> found;
        std::istringstream lines(read_file(workspace / "told.jsonl"));
        for (std::string line; std::getline(lines, line);)
            Listener::add(found, nlohmann::json::parse(line));
        return found;
    }

    Listener listener;
    Workspace workspace;
};

} // namespace

TEST_CASE("nights of trouble are told to webhook and command, once each", "[alert]") {
    Alerted world(GENERATE("sqlite", "postgres"));
    CHECK(world.sync().exit_code == 0);
    auto news = world.listener.news();
    CHECK(news["began"].size() >= 3); // the samples' sources are late by now
    CHECK_FALSE(news.contains("ended"));
    const std::size_t late_sources = news["began"].size();
    CHECK(world.listener.calls() == 1); // one message for all of them

    CHECK(world.sync().exit_code == 0);
    CHECK(world.sync().exit_code == 0);
    CHECK(world.listener.calls() == 1);

    CHECK(world.sync("no-such-folder").exit_code == 1);
    CHECK(world.sync("no-such-folder").exit_code == 1);
    CHECK(world.listener.news() ==
          std::map<std::string, std::vector<std::string>>{{"began", {"sync_failed "}}});

    world.calm_down();
    CHECK(world.sync().exit_code == 0);
    CHECK(world.listener.news()["ended"].size() == late_sources + 1);
    CHECK(world.sync().exit_code == 0);
    CHECK(world.listener.calls() == 3);

    auto notified = world.notified();
    CHECK(notified["began"].size() == late_sources + 1);
    CHECK(notified["ended"].size() == late_sources + 1);
    CHECK(read_rows(*world.workspace.open(), "alert").size() == 2 * (late_sources + 1));
}

TEST_CASE("a webhook that fails is a line, and is told at the next sync", "[alert]") {
    Alerted world("sqlite");
    world.listener.status = 500;
    const Ran ran = world.sync();
    CHECK(ran.exit_code == 0);
    CHECK_THAT(ran.err, ContainsSubstring("tidemark: cannot alert '" + world.listener.url() +
                                          "': HTTP 500\n"));
    CHECK_THAT(ran.err, !ContainsSubstring("s3cr3t-path"));
    const auto first = world.listener.news();
    world.listener.status = 200;
    CHECK(world.sync().exit_code == 0);
    CHECK(world.listener.news() == first);
    CHECK(world.sync().exit_code == 0);
    CHECK(world.listener.calls() == 2);
    CHECK(world.notified()["began"].size() == first.at("began").size()); // once
}

TEST_CASE("a rehearsal alerts nobody", "[alert]") {
    const Alerted world("sqlite");
    CHECK(world.workspace.run({"sync", "--from", samples + "night1", "--dry-run"}).exit_code == 0);
    CHECK(world.listener.calls() == 0);
}

TEST_CASE("a failure is told where the warehouse cannot be opened", "[alert]") {
    Alerted world("sqlite");
    write_file(world.workspace / "tidemark.db", "this is no database, and long enough to be one");
    CHECK(world.sync().exit_code == 1);
    CHECK(world.listener.news() ==
          std::map<std::string, std::vector<std::string>>{{"began", {"sync_failed "}}});
}

namespace {

/// What a sync says with this section of its configuration.
std::string words_with(const std::string& section, const std::string& variable = "") {
    SampleWorkspace workspace;
    workspace.configure("\n[alert]\n" + section);
    if (!variable.empty()) setenv("ALERT_URL_OF_TEST", variable.c_str(), 1);
    const Ran ran = workspace.run({"sync", "--from", samples + "night1"});
    unsetenv("ALERT_URL_OF_TEST");
    CHECK(ran.exit_code == 0);
    CHECK(ran.out.empty());
    return ran.err;
}

} // namespace

TEST_CASE("a listener that never answers delays a sync by no more than its timeout", "[alert]") {
    const HttpServer silent([](const Asked&) { return Reply{"", Reply::Then::stay_silent}; });
    const auto words = words_with(fmt::format("webhook = \"{}\"\ntimeout_s = 1\n", silent.url()));
    CHECK(silent.asked().size() == 1);
    CHECK_THAT(words, ContainsSubstring("cannot alert '" + silent.url() + "'"));
}

TEST_CASE("a command that fails, or never ends, is a line", "[alert]") {
    CHECK_THAT(words_with("command = \"exit 7\"\n"),
               ContainsSubstring("tidemark: cannot alert by 'exit 7': it ended with 7\n"));
    CHECK_THAT(words_with("command = \"sleep 600 & sleep 600\"\ntimeout_s = 1\n"),
               ContainsSubstring("it did not end within 1 s\n"));
    CHECK_THAT(words_with("command = \"no-such-program\"\n"),
               ContainsSubstring("it ended with 127\n"));
}

TEST_CASE("an alert's command says what it says on stderr, and never has the key", "[alert]") {
    const auto words = words_with("command = \"env; echo printed\"\n");
    CHECK_THAT(words, ContainsSubstring("printed\n"));
    CHECK_THAT(words, !ContainsSubstring("a-secret-key"));
}

TEST_CASE("the webhook may come from a file or the environment", "[alert]") {
    Listener listener;
    CHECK_THAT(words_with("webhook_env = \"ALERT_URL_OF_TEST\"\n", listener.url() + "/s3cr3t"),
               !ContainsSubstring("cannot alert"));
    CHECK(listener.calls() == 1);
    SampleWorkspace workspace;
    workspace.configure("\n[alert]\nwebhook_file = \"hook\"\n");
    write_file(workspace / "hook", listener.url() + "/s3cr3t\n");
    CHECK(workspace.run({"sync", "--from", samples + "night1"}).exit_code == 0);
    CHECK(listener.calls() == 2);

    CHECK_THAT(words_with("webhook_env = \"ALERT_URL_OF_TEST\"\n"),
               ContainsSubstring("cannot alert 'alert.webhook': the environment variable "
                                 "'ALERT_URL_OF_TEST' is not set"));
    CHECK_THAT(words_with("webhook_file = \"nowhere\"\n"),
               ContainsSubstring("cannot alert 'alert.webhook': cannot read the webhook"));
    workspace.configure("\n[alert]\nwebhook_env = \"ALERT_URL_OF_TEST\"\n");
    CHECK_THAT(workspace.run({"check"}).out, ContainsSubstring("'ALERT_URL_OF_TEST' is not set"));
    const auto words = words_with("webhook_env = \"ALERT_URL_OF_TEST\"\n", "s3cr3t-and-no-url");
    CHECK_THAT(words, ContainsSubstring("must begin with 'https://' or 'http://'"));
    CHECK_THAT(words, !ContainsSubstring("s3cr3t"));
}

TEST_CASE("the event log is told of each failed sync, and of no other", "[alert]") {
    Config config;
    config.alert.eventlog = true;
    Night night{.organisation = "default", .exit_code = ExitCode::failed, .error = "no network"};
    // no event log here: the line tells that one was to be written
    const std::vector<std::string> tried{"cannot write to the event log: this system has none"};
    CHECK(alert(config, night, nullptr) == tried);
    CHECK(alert(config, night, nullptr) == tried);
    night.exit_code = ExitCode::usage;
    CHECK(alert(config, night, nullptr) == tried);
    for (const ExitCode well : {ExitCode::ok, ExitCode::partial}) {
        night.exit_code = well;
        CHECK(alert(config, night, nullptr).empty());
    }
}
