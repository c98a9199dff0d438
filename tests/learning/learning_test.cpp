#include "attribution/rule_checks.hpp"
#include "learning/synthetic_history.hpp"
#include "support/catch.hpp"
#include "text/regex.hpp"

#include <algorithm>

using namespace tidemark;
using namespace tidemark::test;

namespace {

std::set<SyntheticOutcome> only(const std::set<SyntheticOutcome>& all, TaskOutcome outcome) {
    std::set<SyntheticOutcome> some;
    for (const SyntheticOutcome& entry : all)
        if (entry.outcome == outcome) some.insert(entry);
    return some;
}

/// In the first and not in the second.
std::vector<SyntheticOutcome> beyond(const std::set<SyntheticOutcome>& some,
                                     const std::set<SyntheticOutcome>& others) {
    std::vector<SyntheticOutcome> more;
    std::set_difference(some.begin(), some.end(), others.begin(), others.end(),
                        std::back_inserter(more));
    return more;
}

/// The learned rules as a file that is included.
AttributionConfig as_configuration(const Learned& learned) {
    std::vector<const LearnedRule*> rules;
    for (const LearnedRule& rule : learned.rules)
        rules.push_back(&rule);
    return parse_config("source.base_url = \"https://gateway.example\"\n" +
                            learned_file(learned, rules),
                        "rules.toml")
        .attribution;
}

SyntheticHistory said(std::initializer_list<std::vector<std::string>> executions) {
    SyntheticHistory history;
    std::uint64_t execution = 0;
    int second = 0;
    for (const auto& messages : executions) {
        ++execution;
        for (const std::string& message : messages)
            history.lines.push_back(
                {"Nightly", execution, Timestamp{std::chrono::seconds{++second}}, message});
    }
    return history;
}

} // namespace

TEST_CASE("In each wording every success and failure is learned, and none is invented") {
    for (const LogStyle& style : log_styles()) {
        for (const std::string sign : {" - ", "_", ": "}) {
            CAPTURE(style.name, sign);
            if (style.name == "classic" && sign == ": ") continue; // its own sign
            const auto tasks = nine_sources(sign);
            const SyntheticHistory history = synthetic_history(style, tasks, 7);
            const Learned learned = learned_from(history);
            const auto read = read_by(learned, history);
            CHECK(beyond(only(read, TaskOutcome::succeeded), history.truth).empty());
            CHECK(beyond(only(read, TaskOutcome::failed), history.truth).empty());
            CHECK(only(read, TaskOutcome::succeeded) ==
                  only(history.truth, TaskOutcome::succeeded));
            CHECK(only(read, TaskOutcome::failed) == only(history.truth, TaskOutcome::failed));
            const auto tests = as_configuration(learned);
            CHECK(tests.tests.size() == learned.rules.size());
            CHECK(failed_tests(tests).empty());
        }
    }
}

TEST_CASE("The convention that fits the names is learned") {
    const auto source_by = [](const std::string& sign, const std::string& task) {
        const Learned learned =
            learned_from(synthetic_history(log_styles()[0], nine_sources(sign), 3));
        REQUIRE(learned.convention);
        const auto found = Pattern(learned.convention->pattern).find(task);
        return found ? std::string{found->source} : "none";
    };
    CHECK(source_by(" - ", "SAP ERP - Full load") == "SAP ERP");
    CHECK(source_by("_", "SAP ERP_Full load") == "SAP ERP");
    CHECK(source_by("_", "Load_GL_Nightly") == "none"); // how it loads is not from where
    CHECK(source_by(": ", "SAP ERP: Full load") == "SAP ERP");
    const auto bracket = propose_convention(
        {"Navision [Full]", "Navision [Incr]", "SAP ERP [Full]", "SAP ERP [Incr]"});
    REQUIRE(bracket);
    CHECK(bracket->sources == std::set<std::string>{"Navision", "SAP ERP"});
    CHECK_FALSE(propose_convention({"Orders", "Customers", "Load_GL"}));
    const auto behind = propose_convention(
        {"Full load - Navision", "Incremental - Navision", "Full load - SAP", "Incremental - SAP"});
    REQUIRE(behind);
    CHECK(behind->sources == std::set<std::string>{"Navision", "SAP"});
    const auto last =
        propose_convention({"Navision_Full", "Navision_Incr", "SAP_ERP_Full", "SAP_ERP_Incr"});
    REQUIRE(last);
    CHECK(last->sources == std::set<std::string>{"Navision", "SAP_ERP"});
}

TEST_CASE("A word that closes failures too is no success, and the proposal says so") {
    const Learned learned =
        learned_from(said({{"Task 'A' started", "Task 'A' failed: x", "Task 'A' finished"},
                           {"Task 'B' started", "Task 'B' finished"},
                           {"Task 'A' started", "Task 'A' finished"},
                           {"Task 'B' started", "Task 'B' failed: y", "Task 'B' finished"}}));
    for (const LearnedRule& rule : learned.rules)
        CHECK(rule.rule.outcome != TaskOutcome::succeeded);
    REQUIRE(learned.notes.size() == 1);
    CHECK(learned.notes[0] == "'Task '<task>' finished' is taken for no success: it is said behind "
                              "a failure of the same attempt too (2 times)");
}

TEST_CASE("A success beside a word of failure is never proposed") {
    for (const std::string end :
         {"finished with errors", "not completed", "completed partially", "unsuccessfully ended",
          "beendet mit Fehlern", "completed with warnings", "ikke afsluttet"}) {
        CAPTURE(end);
        const Learned learned = learned_from(
            said({{"Task 'A' started", "Task 'A' " + end, "Task 'B' started", "Task 'B' " + end},
                  {"Task 'A' started", "Task 'A' " + end}}));
        for (const LearnedRule& rule : learned.rules)
            CHECK(rule.rule.outcome != TaskOutcome::succeeded);
    }
}

TEST_CASE("A learned success does not reach over what follows a name") {
    const Learned learned =
        learned_from(synthetic_history(log_styles()[2], nine_sources(" - "), 5));
    AttributionConfig config;
    for (const LearnedRule& rule : learned.rules)
        config.rules.push_back(rule.rule);
    const Attribution attribution{config};
    for (const std::string message :
         {"Transfer of Navision - Full load stopped, clean-up of B finished with 3 rows",
          "Transfer of Navision - Full load finished with 3 rows and 2 errors",
          "Transfer of Navision - Full load finished with 3 rows\nRolled back"}) {
        CAPTURE(message);
        const auto mention = attribution.mention(message);
        CHECK((!mention || mention->outcome != TaskOutcome::succeeded));
    }
}

TEST_CASE("Names that hold quotes, brackets, dots and colons are taken whole") {
    const std::vector<SyntheticTask> tasks = {{"O'Brien - Full: a.b", "O'Brien"},
                                              {"A [x] - Incr (new)", "A [x]"},
                                              {"dbo.Fact Sales", ""},
                                              {"Kunden & Märkte", ""},
                                              {"R/3: Orders", ""},
                                              {"Load 1", ""},
                                              {"Load 2", ""}};
    for (const std::size_t style : {0U, 1U, 3U, 4U, 6U}) {
        CAPTURE(log_styles()[style].name);
        const SyntheticHistory history = synthetic_history(log_styles()[style], tasks, 11);
        const auto read = read_by(learned_from(history), history);
        CHECK(beyond(only(read, TaskOutcome::succeeded), history.truth).empty());
        CHECK(only(read, TaskOutcome::succeeded) == only(history.truth, TaskOutcome::succeeded));
    }
}

TEST_CASE("Names of signs alone, without a letter or a digit, are learned as others are") {
    SyntheticHistory history;
    std::uint64_t execution = 0;
    int second = 0;
    for (const std::string name : {"^$", "|", "+++", "alpha one", "beta two", "gamma three",
                                   "alpha one", "^$", "|", "+++"}) {
        ++execution;
        for (const std::string& message : {"Loading [" + name + "]", "Loaded [" + name + "]",
                                           "Start " + name, name + " finished"}) {
            const Timestamp at{std::chrono::seconds{++second}};
            history.lines.push_back({"Nightly", execution, at, message});
        }
    }
    const Learned learned = learned_from(history);
    CHECK(learned.names.contains("^$"));
    CHECK(failed_tests(as_configuration(learned)).empty());
}

TEST_CASE("Lines that a rule of the configuration knows teach nothing") {
    const AttributionConfig config{
        .rules = {{"own", "^Transfer task '(?P<task>.+)' completed", TaskOutcome::succeeded}}};
    AttributionConfig partial = config;
    partial.rules[0].partial = true;
    Learning learning{partial};
    const SyntheticHistory history = synthetic_history(log_styles()[0], nine_sources(" - "), 2);
    for (const SyntheticLine& line : history.lines)
        learning.observe(line.job, line.execution, line.logged_at, line.message);
    const Learned learned = learning.learn();
    CHECK(learned.known > 100);
    for (const LearnedRule& rule : learned.rules)
        CHECK(rule.rule.outcome != TaskOutcome::succeeded);
    CHECK(learned.rules.size() == 2);
}

TEST_CASE("A history in which nothing recurs proposes nothing, and says so") {
    const Learned learned = learned_from(said({{"hello"}, {"world of rows"}, {}}));
    CHECK(learned.rules.empty());
    CHECK(learned.notes ==
          std::vector<std::string>{
              "no name was found that recurs from one kind of message to another"});
    CHECK(learned_from(SyntheticHistory{}).rules.empty());
}

TEST_CASE("In random wordings of random names no success is invented", "[property]") {
    std::mt19937 random{20261128};
    const auto pick = [&](const std::vector<std::string>& some) {
        return some[random() % some.size()];
    };
    std::size_t successes = 0;
    std::size_t found = 0;
    for (int round = 0; round < 60; ++round) {
        const std::string open = pick({"'", "\"", "[", "<", "«", "", "", ""});
        const std::string close = open == "[" ? "]" : open == "<" ? ">" : open == "«" ? "»" : open;
        const std::string name = open + "{t}" + close;
        const std::string head =
            pick({"Task ", "Transfer ", "Loading of ", "", "step {n}: ", "[srv] "});
        const LogStyle style{
            "random", head + name + pick({" started", " begins", ": start", " is running"}),
            head + name +
                pick({" completed", " finished, {r} rows", ": ok", " done ({r} records)",
                      " ended in {n} ms"}),
            head + name +
                pick({" failed", " failed: {x}", " aborted - {x}", " ended with errors",
                      " finished with errors: {x}", " completed, 3 errors"}),
            pick({"", "", "", head + name + " closed"})};
        const std::string sign = pick({" - ", "_", ".", "/", ": ", " "});
        std::vector<SyntheticTask> tasks;
        for (const std::string first : {"Alpha", "beta Gamma", "D3", "Ørsted", "e-Conomic"})
            for (const std::string second : {"Full", "incr load", "Orders"})
                tasks.push_back({first + sign + second, first});
        const SyntheticHistory history =
            synthetic_history(style, tasks, static_cast<std::uint32_t>(round));
        const Learned learned = learned_from(history);
        const auto read = only(read_by(learned, history), TaskOutcome::succeeded);
        const auto truth = only(history.truth, TaskOutcome::succeeded);
        CAPTURE(round, style.begin, style.end, style.failure, sign);
        // a success at a moment at which none was, whatever the task is called
        std::set<std::pair<std::uint64_t, Timestamp>> moments;
        for (const SyntheticOutcome& entry : truth)
            moments.emplace(entry.execution, entry.at);
        for (const SyntheticOutcome& entry : read)
            CHECK(moments.contains({entry.execution, entry.at}));
        CHECK(beyond(read, truth).empty());
        successes += truth.size();
        found += truth.size() - beyond(truth, read).size();
    }
    CAPTURE(successes, found);
    CHECK(found * 10 >= successes * 9);
}
