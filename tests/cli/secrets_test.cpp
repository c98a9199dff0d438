#include "cli/row_printer.hpp"
#include "config/config.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/http_server.hpp"
#include "support/postgres_server.hpp"
#include "support/sample_workspace.hpp"
#include "support/temporary_folder.hpp"
#include "warehouse/copy.hpp"
#include "warehouse/warehouse.hpp"

#include <fmt/format.h>

#include <map>
#include <mutex>

namespace fs = std::filesystem;
using namespace tidemark::test;

namespace {

const std::string key = "MARKED-KEY-4711";
const std::string password = "MARKED-PASSWORD-4712";
const std::string wrong_password = "MARKED-PASSWORD-4713";
const std::string marker = "MARKED-";

/// What the system shows of the program to whoever asks: its command line and its limits.
std::string seen_from_outside() {
    std::string seen;
    for (const auto& entry : fs::directory_iterator("/proc")) {
        const auto name = entry.path().filename().string();
        if (name.find_first_not_of("0123456789") != std::string::npos) continue;
        try {
            const std::string line = read_file(entry.path() / "cmdline");
            if (line.starts_with(TIDEMARK_PROGRAM))
                seen += line + read_file(entry.path() / "limits");
        } catch (const std::exception&) {
            // it has ended meanwhile
        }
    }
    return seen;
}

/// A server that repeats the key in everything it says, and looks at its client from outside.
class IndiscreetServer {
public:
    IndiscreetServer() : m_server([this](const Asked& asked) { return answer(asked); }) {}
    [[nodiscard]] std::string url() const { return m_server.url(); }
    [[nodiscard]] std::string seen() {
        const std::lock_guard lock(m_mutex);
        return m_seen;
    }

private:
    Reply answer(const Asked& asked) {
        const auto said = asked.headers.find("apikey");
        const std::string given = said == asked.headers.end() ? "" : said->second;
        {
            const std::lock_guard lock(m_mutex);
            m_seen += seen_from_outside();
        }
        if (asked.path.starts_with("/redirect")) {
            return respond(302, given, "Location: http://127.0.0.1:1/?key=" + given + "\r\n");
        }
        if (asked.path.starts_with("/refuse")) return respond(401, "no such key: " + given);
        if (asked.path.starts_with("/break")) return respond(400, "bad key " + given);
        if (asked.path == "/public/jobs")
            return respond(200, read_file(samples + "night1/jobs.json"));
        return respond(200, R"([{"Id":"no guid"}])");
    }

    std::mutex m_mutex;
    std::string m_seen;
    HttpServer m_server;
};

std::string config_text(const std::string& base_url, const std::string& warehouse,
                        const std::string& more = "") {
    return fmt::format("[source]\nbase_url = \"{}\"\nretries = 0\n{}\n[warehouse]\nurl = \"{}\"\n",
                       base_url, more, warehouse);
}

/// A database with a role whose password is a secret.
std::string postgres_with(const std::string& secret) {
    static const bool made = [] {
        run_sql_alone("CREATE ROLE noisy LOGIN PASSWORD '" + password + "'");
        run_sql_alone("CREATE DATABASE noisy OWNER noisy");
        return true;
    }();
    CHECK(made);
    std::string url = postgres_server().url("noisy", "noisy");
    return url.insert(url.find('@'), ":" + secret);
}

/// Every row of the history's tables, as text.
std::string stored_in(const std::string& warehouse, const fs::path& base) {
    std::string text;
    const auto opened =
        tidemark::open_warehouse({.url = warehouse, .base = base}, tidemark::OpenMode::read_only);
    for (const std::string& table : tidemark::copied_tables()) {
        opened->read(table, {.columns = [](const auto&) {},
                             .row =
                                 [&](const auto& values) {
                                     for (const auto& value : values)
                                         text += tidemark::to_text(value) + "\n";
                                 }});
    }
    return text;
}

} // namespace

TEST_CASE("no secret stands in anything that a noisy run writes or shows", "[secrets]") {
    const TemporaryFolder folder;
    IndiscreetServer server;
    const std::string sqlite = "sqlite:tidemark.db";
    const std::string postgres = postgres_with(password);
    const std::map<std::string, std::string> configs = {
        {"fine", config_text(server.url(), sqlite)},
        {"refused", config_text(server.url() + "/refuse", sqlite)},
        {"broken", config_text(server.url() + "/break", sqlite)},
        {"redirected", config_text(server.url() + "/redirect", sqlite)},
        {"tls", config_text("https" + server.url().substr(4), sqlite)},
        {"closed", config_text("http://127.0.0.1:1", sqlite)},
        {"proxied",
         config_text(server.url(), sqlite, "proxy = \"http://user:" + password + "@127.0.0.1:1\"")},
        {"misplaced", config_text(server.url(), sqlite, "api_key_env = \"" + key + "\"")},
        {"postgres", config_text(server.url(), postgres)},
        {"intruder", config_text(server.url(), postgres_with(wrong_password))},
        {"nowhere", config_text(server.url(), "postgresql://user:" + password +
                                                  "@127.0.0.1:1/none?sslpassword=" + password)},
        {"unfinished", config_text(server.url(), postgres, "retrys = 1")},
        {"odd", config_text(server.url(), "mysql://user:" + password + "@host/database")},
    };
    const std::vector<std::vector<std::string>> commands = {
        {"migrate"},
        {"sync"},
        {"sync", "--dry-run", "--full"},
        {"check"},
        {"jobs"},
        {"jobs", "--format", "json"},
        {"status"},
        {"query", "rejected_records"},
        {"query", "organisation", "--format", "json"},
        {"query", "nothing"},
        {"migrate", "--dry-run"},
        {"migrate", "--grants"},
        {"verify"},
        {"verify", "--offline"},
        {"messages"},
        {"messages", "--suggest", "1"},
        {"attribute", "--dry-run"},
        {"attribute", "--test"},
        {"copy", "--to", "sqlite:copy.db"},
        {"sync", "--help"},
        {"--help"},
        {"no such command"}};
    const std::vector<std::vector<std::string>> usual = {
        {"sync"}, {"check"}, {"jobs"}, {"verify"}, {"copy", "--to", "sqlite:copy.db"}};
    for (const auto& [name, text] : configs) {
        const bool works = name == "fine" || name == "postgres";
        const fs::path work = folder / name;
        write_file(folder / (name + ".toml"), text);
        fs::create_directories(work);
        for (std::vector<std::string> command : works ? commands : usual) {
            if (command.front() != "--help" && command.front() != "no such command") {
                command.emplace_back("--config");
                command.push_back((folder / (name + ".toml")).string());
            }
            const Ran ran = run_tidemark(work, command, key);
            CAPTURE(name, command);
            CHECK_THAT(ran.out, !ContainsSubstring(marker));
            CHECK_THAT(ran.err, !ContainsSubstring(marker));
        }
    }

    const std::string seen = server.seen();
    CHECK_THAT(seen, ContainsSubstring("sync"));
    CHECK_THAT(seen, !ContainsSubstring(marker));
    for (const auto& entry : fs::recursive_directory_iterator(folder.path())) {
        if (!entry.is_regular_file() || entry.path().extension() == ".toml") continue;
        CAPTURE(entry.path());
        CHECK_THAT(read_file(entry.path()), !ContainsSubstring(marker));
    }
    CHECK_THAT(stored_in(postgres, folder.path()), !ContainsSubstring(marker));
    CHECK_THAT(stored_in(postgres, folder.path()), ContainsSubstring("Nightly load"));
}

TEST_CASE("a crash leaves no core file with the key in it", "[secrets]") {
    const TemporaryFolder folder;
    IndiscreetServer server;
    write_file(folder / "config.toml", config_text(server.url(), "sqlite:tidemark.db"));
    run_tidemark(folder.path(), {"sync"}, key);
    const std::string seen = server.seen();
    const auto limit = seen.find("Max core file size");
    REQUIRE(limit != std::string::npos);
    CHECK_THAT(seen.substr(limit, seen.find('\n', limit) - limit),
               Catch::Matchers::Matches("Max core file size +0 .*"));
}
