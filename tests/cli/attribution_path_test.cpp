// From a first sync with no rule at all to the right table, as docs/attribution.md leads: look at
// the messages, have rules suggested, edit them, test them, apply them to what is stored.
#include "simulator/dump.hpp"
#include "simulator/wording.hpp"
#include "support/catch.hpp"
#include "support/program.hpp"
#include "support/temporary_folder.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <regex>

using namespace tidemark::test;
using nlohmann::json;

namespace {

/// A change that a person makes to a suggested rule; the first text that is found is replaced.
struct Edit {
    std::string from;
    std::string to;
};

/// A wording, how a person recognises its messages, and what they change of the suggestions.
struct Wording {
    std::string name; ///< that the simulator knows, or of `reworded`
    std::vector<Edit> edits;
    std::regex success; ///< what the truth is read by: the task, or the source and the task
    bool names_source = false;
};

const std::map<std::string, std::vector<std::pair<std::regex, std::string>>> reworded = {
    {"never seen",
     {{std::regex("Executing transfer task '([^']+)'"), "Übernahme «$1» beginnt"},
      {std::regex("Transfer task '([^']+)' completed, (\\d+) rows"),
       "Übernahme «$1» erledigt: $2 Sätze"},
      {std::regex("Transfer task '([^']+)' failed with error: "),
       "Übernahme «$1» gescheitert: "}}}};

const std::vector<Wording> wordings = {
    {"samples", {}, std::regex("^Transfer task '(.+)' completed, \\d+ rows$")},
    {"finished", {}, std::regex("^Transfer task '(.+)' finished in \\d+ ms \\(\\d+ rows\\)$")},
    {"verbose",
     {{"(?P<task>.+?)\": begin of task \".+?\"",
       "(?P<source>.+?)\": begin of task \"(?P<task>.+?)\""},
      {"(?P<task>.+?)\": end of task \".+?\"", "(?P<source>.+?)\": end of task \"(?P<task>.+?)\""}},
     std::regex("^Information: data source \"(.+)\": end of task \"(.+)\" \\[ok, rows=\\d+\\]$"),
     true},
    {"never seen", {}, std::regex("^Übernahme «(.+)» erledigt: \\d+ Sätze$")}};

const std::map<std::string, std::string> explicit_sources = {{"Load_GL_Nightly", "Finance"},
                                                             {"xfer-07", "Warehouse scanners"}};

std::optional<std::string> source_of(const std::string& task) {
    const auto found = explicit_sources.find(task);
    if (found != explicit_sources.end()) return found->second;
    const auto end = task.find(" - ");
    if (end == std::string::npos) return std::nullopt;
    return task.substr(0, end);
}

/// What a person reads in a message, whatever its wording.
std::string outcome_of(const std::string& message) {
    if (std::regex_search(message, std::regex("failed|aborted|gescheitert|\\[error")))
        return "failed";
    if (std::regex_search(message, std::regex("completed|finished|erledigt|\\[ok")))
        return "succeeded";
    return "started";
}

/// The bodies of a month in a wording, as a folder.
void save_bodies(const std::filesystem::path& folder, const std::string& wording) {
    using simulator::Vocabulary;
    const std::map<std::string, Vocabulary> vocabularies = {{"finished", Vocabulary::finished},
                                                            {"verbose", Vocabulary::verbose}};
    simulator::OrganisationOptions options{.jobs = 3, .logs = 30, .fail_percent = 20};
    options.start = simulator::parse_moment("2026-10-01");
    const auto spoken = vocabularies.find(wording);
    if (spoken != vocabularies.end()) options.wording = spoken->second;
    simulator::dump({options, simulator::parse_moment("2026-10-09T05:00:00")}, {}, folder);
    const auto known = reworded.find(wording);
    if (known == reworded.end()) return;
    for (const auto& entry : std::filesystem::directory_iterator(folder / "logs")) {
        std::string text = read_file(entry.path());
        for (const auto& [pattern, words] : known->second)
            text = std::regex_replace(text, pattern, words);
        write_file(entry.path(), text);
    }
}

/// When each source was last loaded, read from the bodies without a line of the program's code.
std::map<std::string, std::string> truth(const std::filesystem::path& folder,
                                         const Wording& wording) {
    std::map<std::string, std::string> last;
    for (const auto& entry : std::filesystem::directory_iterator(folder / "logs")) {
        for (const json& execution : json::parse(read_file(entry.path()))) {
            for (const json& line : execution.at("JobExecutionLogs")) {
                const auto message = line.at("Message").get<std::string>();
                std::smatch found;
                if (!std::regex_match(message, found, wording.success)) continue;
                const auto source = wording.names_source ? std::optional{found[1].str()}
                                                         : source_of(found[1].str());
                if (!source) continue;
                std::string moment = line.at("TimeStamp").get<std::string>().substr(0, 19);
                moment[10] = ' ';
                last[*source] = std::max(last[*source], moment);
            }
        }
    }
    return last;
}

/// A person at a desk with saved bodies and no rule.
class Path {
public:
    explicit Path(const Wording& wording) : m_wording(wording) {
        save_bodies(m_folder / "bodies", wording.name);
        m_config = "[source]\nbase_url = \"https://gateway.example\"\n\n[attribution.sources]\n";
        for (const auto& [task, source] : explicit_sources)
            m_config += '"' + task + "\" = \"" + source + "\"\n";
        m_config += "\n[[attribution.convention]]\npattern = '^(?P<source>.+?) - '\n\n";
        save();
    }

    Ran run(const std::vector<std::string>& arguments) {
        return run_tidemark(m_folder.path(), arguments);
    }

    json table(std::vector<std::string> arguments) {
        arguments.insert(arguments.end(), {"--format", "json"});
        const Ran ran = run(arguments);
        CAPTURE(ran.err);
        REQUIRE(ran.exit_code == 0);
        return json::parse(ran.out);
    }

    /// The answer, by source, without the sources that were never loaded.
    std::map<std::string, std::string> answer() {
        std::map<std::string, std::string> last;
        for (const json& row : table({"query", "last_successful_load"})) {
            if (row.at("last_success_at_utc").is_null()) continue;
            last[row.at("data_source")] =
                row.at("last_success_at_utc").get<std::string>().substr(0, 19);
        }
        return last;
    }

    /// Takes suggestions, with the edits, until no message that names a task is without a rule.
    /// Returns the messages that they were made from.
    std::vector<std::string> take_suggestions() {
        std::vector<std::string> taken;
        while (const auto group = unmatched_with_a_task()) {
            REQUIRE(taken.size() < 10);
            const Ran suggested =
                run({"messages", "--suggest", group->at("shape").get<std::string>()});
            REQUIRE(suggested.exit_code == 0);
            taken.push_back(group->at("example"));
            m_config += edited(suggested.out, taken.back()) + "\n";
            save();
        }
        return taken;
    }

    void add_test(const std::string& message, const std::string& expectation) {
        m_config +=
            "[[attribution.test]]\nmessage = '''" + message + "'''\n" + expectation + "\n\n";
        save();
    }

    [[nodiscard]] std::filesystem::path bodies() const { return m_folder / "bodies"; }

private:
    std::optional<json> unmatched_with_a_task() {
        for (const json& group : table({"messages", "--unmatched"})) {
            if (names_a_task(group.at("example"))) return group;
        }
        return std::nullopt;
    }

    static bool names_a_task(const std::string& message) {
        for (std::size_t job = 0; job < 3; ++job) {
            for (const auto& task : simulator::tasks_of_job(1, job)) {
                if (message.find(task.name) != std::string::npos) return true;
            }
        }
        return false;
    }

    /// The rule with the wording's edits, and with the outcome where none was guessed.
    [[nodiscard]] std::string edited(std::string rule, const std::string& message) const {
        for (const auto& [from, to] : m_wording.edits) {
            const auto found = rule.find(from);
            if (found != std::string::npos) rule.replace(found, from.size(), to);
        }
        if (rule.find("\noutcome") == std::string::npos)
            rule += "outcome = \"" + outcome_of(message) + "\"\n";
        return rule;
    }

    void save() { write_file(m_folder / "config.toml", m_config); }

    TemporaryFolder m_folder;
    const Wording& m_wording;
    std::string m_config;
};

} // namespace

TEST_CASE("messages, suggest, edit, test and attribute lead to the right table in any wording") {
    const Wording& wording = wordings[GENERATE(0U, 1U, 2U, 3U)];
    CAPTURE(wording.name);
    Path path(wording);
    const auto expected = truth(path.bodies(), wording);
    REQUIRE(expected.size() >= 5);

    REQUIRE(path.run({"sync", "--from", "bodies"}).exit_code == 0);
    CHECK(path.answer().empty());

    const auto taken = path.take_suggestions();
    CHECK(taken.size() >= 3);

    for (const std::string& message : taken)
        path.add_test(message, "outcome = \"" + outcome_of(message) + "\"");
    const Ran tested = path.run({"attribute", "--test"});
    CAPTURE(tested.out, tested.err);
    REQUIRE(tested.exit_code == 0);

    const Ran reminded = path.run({"sync", "--from", "bodies"});
    CHECK_THAT(reminded.err, ContainsSubstring("tidemark attribute"));
    CHECK(path.answer().empty());

    const Ran foreseen = path.run({"attribute", "--dry-run"});
    CHECK(foreseen.exit_code == 0);
    CHECK(path.answer().empty());
    const Ran applied = path.run({"attribute"});
    CAPTURE(applied.out, applied.err);
    REQUIRE(applied.exit_code == 0);
    CHECK(path.answer() == expected);
    CHECK(path.run({"sync", "--from", "bodies"}).err.find("tidemark attribute") ==
          std::string::npos);

    path.add_test(taken.front(), "task = \"somebody else's\"");
    const Ran differs = path.run({"attribute", "--test"});
    CHECK(differs.exit_code == 3);
    CHECK_THAT(differs.out, ContainsSubstring("somebody else's"));
}
