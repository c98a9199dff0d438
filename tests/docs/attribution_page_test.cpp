// docs/attribution.md, followed to the letter by somebody who has never seen the messages.
#include "docs/pages.hpp"
#include "learning/synthetic_history.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/program.hpp"
#include "support/temporary_folder.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <sstream>

using namespace tidemark::test;
using nlohmann::json;

namespace {

std::string the_page() { return page("attribution.md"); }

const std::string no_rules = "[source]\nbase_url = \"https://gateway.example\"\n";

std::string guid(std::uint64_t kind, std::uint64_t number) {
    return fmt::format("00000000-0000-4000-{:04x}-{:012x}", kind, number);
}

std::string api_time(tidemark::Timestamp moment) {
    std::string text = tidemark::to_text(moment).substr(0, 19);
    text[10] = 'T';
    return text;
}

/// The history as the API would return it, in a folder.
void save_bodies(const std::filesystem::path& folder, const SyntheticHistory& history) {
    std::filesystem::create_directories(folder / "logs");
    std::map<std::string, json> jobs;
    std::map<std::uint64_t, json> executions;
    std::map<std::uint64_t, std::string> job_of;
    std::uint64_t line_number = 0;
    for (const SyntheticLine& line : history.lines) {
        jobs.try_emplace(line.job, json{{"Id", guid(1, jobs.size() + 1)}, {"Name", line.job}});
        job_of[line.execution] = line.job;
        json& execution = executions[line.execution];
        if (execution.is_null()) {
            execution = {{"Id", guid(2, line.execution)},
                         {"JobId", jobs.at(line.job).at("Id")},
                         {"State", 1},
                         {"CreateTime", api_time(line.logged_at)},
                         {"TriggerId", guid(0, 0)},
                         {"JobExecutionLogs", json::array()}};
        }
        execution["EndTime"] = api_time(line.logged_at);
        execution["JobExecutionLogs"].push_back({{"Id", guid(3, ++line_number)},
                                                 {"JobExecutionId", execution["Id"]},
                                                 {"TimeStamp", api_time(line.logged_at)},
                                                 {"Severity", 0},
                                                 {"Message", line.message}});
    }
    json list = json::array();
    std::map<std::string, json> bodies;
    for (const auto& [name, job] : jobs) {
        list.push_back(job);
        bodies[name] = json::array();
    }
    for (const auto& [number, execution] : executions)
        bodies[job_of[number]].push_back(execution);
    write_file(folder / "jobs.json", list.dump());
    for (const auto& [name, body] : bodies)
        write_file(folder / "logs" / (jobs[name]["Id"].get<std::string>() + ".json"), body.dump());
}

/// A new user with the history of one wording.
class NewUser {
public:
    explicit NewUser(const SyntheticHistory& history) {
        save_bodies(m_folder / "bodies", history);
        write_file(m_folder / "config.toml", no_rules);
    }

    /// Types each line of a block of the page; the bodies stand for the API.
    void type(const std::string& block) {
        std::istringstream lines{block};
        for (std::string line; std::getline(lines, line);) {
            const std::string sync = "tidemark sync";
            const auto at = line.find(sync);
            if (at != std::string::npos) line.insert(at + sync.size(), " --from bodies");
            const std::string command =
                "cd '" + m_folder.path().string() + "' && PATH='" +
                std::filesystem::path{TIDEMARK_PROGRAM}.parent_path().string() + "':$PATH && { " +
                line + "; } >out.txt 2>&1 </dev/null";
            const int code = std::system(command.c_str()); // NOLINT(cert-env33-c): as a user does
            CAPTURE(line, read_file(m_folder / "out.txt"));
            CHECK(code == 0);
        }
    }

    /// Adds a block of the page to the configuration.
    void add(const std::string& block) {
        write_file(m_folder / "config.toml", read_file(m_folder / "config.toml") + "\n" + block);
    }

    Ran run(const std::vector<std::string>& arguments) {
        return run_tidemark(m_folder.path(), arguments);
    }

    /// When each source was last loaded, as far as the answer says.
    std::map<std::string, std::string> answer() {
        std::map<std::string, std::string> last;
        const Ran ran = run({"query", "last_successful_load", "--format", "json"});
        REQUIRE(ran.exit_code == 0);
        for (const json& row : json::parse(ran.out)) {
            if (row.at("last_success_at_utc").is_null()) continue;
            last[row.at("data_source")] =
                row.at("last_success_at_utc").get<std::string>().substr(0, 19);
        }
        return last;
    }

private:
    TemporaryFolder m_folder;
};

/// The blocks of the page that the user types and adds, in their order.
std::string short_way() { return code_blocks(the_page(), "sh").at(0); }
std::string apply_again() { return code_blocks(the_page(), "sh").at(1); }
std::string sources_by_hand() { return code_blocks(the_page(), "toml").at(0); }
std::string correction() { return code_blocks(the_page(), "toml").at(2); }

} // namespace

TEST_CASE("who follows the page on attribution gets the right sources in each of many wordings",
          "[docs]") {
    std::size_t without_a_hand = 0;
    std::size_t styles = 0;
    for (const LogStyle& style : log_styles()) {
        CAPTURE(style.name);
        const auto tasks = nine_sources(" - ");
        const SyntheticHistory history = synthetic_history(style, tasks, 21);
        std::map<std::string, std::string> truth;
        for (const auto& [source, moment] : history.last(tasks))
            truth[source] = tidemark::to_text(moment).substr(0, 19);
        REQUIRE(truth.size() == 9);

        NewUser user{history};
        user.type(short_way());
        std::size_t right = 0;
        for (const auto& [source, moment] : user.answer()) {
            CAPTURE(source);
            CHECK(truth.contains(source)); // no source is invented, and no success
            CHECK(truth[source] == moment);
            ++right;
        }
        ++styles;
        if (right >= 8) ++without_a_hand;

        user.add(sources_by_hand());
        user.type(apply_again());
        CHECK(user.answer() == truth);
        CHECK(user.run({"attribute", "--test"}).exit_code == 0);
    }
    CHECK(styles >= 8);
    CHECK(without_a_hand == styles);
}

TEST_CASE("the page's correction of a proposal takes back the successes that are none", "[docs]") {
    SyntheticHistory history = synthetic_history(log_styles()[0], nine_sources(" - "), 4);
    const auto last = history.lines.back();
    history.lines.push_back({last.job, last.execution, last.logged_at + std::chrono::seconds{5},
                             "Transfer task 'Navision - Full load' completed, 0 rows"});
    NewUser user{history};
    user.type(short_way());
    const std::string empty = tidemark::to_text(history.lines.back().logged_at).substr(0, 19);
    CHECK(user.answer().at("Navision") == empty);
    user.add(correction());
    user.type(apply_again());
    CHECK(user.answer().at("Navision") < empty);
}

TEST_CASE("the page on attribution shows what the program prints", "[docs]") {
    const TemporaryFolder folder;
    write_file(folder / "config.toml", no_rules);
    REQUIRE(
        run_tidemark(folder.path(), {"sync", "--from", TIDEMARK_REPOSITORY "/tests/samples/night1"})
            .exit_code == 0);
    const Ran learned = run_tidemark(folder.path(), {"messages", "--learn"});
    CHECK(learned.exit_code == 0);
    CHECK(learned.err.empty());
    const std::string text = the_page();
    const std::string start = "$ tidemark messages --learn\n";
    const std::size_t begin = text.find(start);
    REQUIRE(begin != std::string::npos);
    const std::size_t first = begin + start.size();
    std::istringstream lines{text.substr(first, text.find("```", first) - first)};
    for (std::string line; std::getline(lines, line);) {
        if (line == "…") continue;
        CAPTURE(line);
        CHECK_THAT(learned.out, ContainsSubstring(line));
    }
}
