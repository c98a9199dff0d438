// What a rule may say of a part of a message, of its lines, and of several tasks in one message.
#include "attribution/execution_of.hpp"
#include "attribution/failure_words.hpp"
#include "attribution/rule_checks.hpp"
#include "config/config.hpp"
#include "support/catch.hpp"

using namespace tidemark;

namespace {

std::optional<TaskOutcome> outcome_by(const RuleConfig& rule, std::string_view message) {
    const auto mention = Attribution{AttributionConfig{.rules = {rule}}}.mention(message);
    return mention ? mention->outcome : std::nullopt;
}

const RuleConfig finished{"finished", "Transfer '(?P<task>.+)' finished", TaskOutcome::succeeded};

RuleConfig with(RuleConfig rule, bool RuleConfig::*flag) {
    rule.*flag = true;
    return rule;
}

/// The classic engine's rules that ship.
AttributionConfig classic() {
    return parse_config("source.base_url = \"https://gateway.example\"\n[attribution]\ninclude = "
                        "\"" TIDEMARK_REPOSITORY "/docs/rules/classic-engine.toml\"\n",
                        "config.toml")
        .attribution;
}

} // namespace

TEST_CASE("A success must reach the end of the message, unless the rule says partial") {
    CHECK(outcome_by(finished, "Transfer 'A' finished") == TaskOutcome::succeeded);
    CHECK_FALSE(outcome_by(finished, "Transfer 'A' finished with errors"));
    CHECK_FALSE(outcome_by(finished, "Transfer 'A' finished\r\nwith errors"));
    CHECK(outcome_by(with(finished, &RuleConfig::partial), "Transfer 'A' finished with errors") ==
          TaskOutcome::succeeded);
    // which an alternative, a quotation and a flag do not get around
    for (const std::string pattern :
         {"(?P<task>A) begun|Transfer '(?:.+)' finished", R"(Transfer '(?P<task>.+)\Q' finished)",
          "(?i)transfer '(?P<task>.+)' FINISHED"}) {
        CAPTURE(pattern);
        CHECK_FALSE(outcome_by({"x", pattern, TaskOutcome::succeeded},
                               "Transfer 'A' finished with errors"));
        CHECK(Pattern(pattern, {.to_end = true}).find("Transfer 'A' finished"));
    }
}

TEST_CASE("A success may begin amidst a message, and a failure may end there") {
    CHECK(outcome_by(finished, "03:00 Transfer 'A' finished") == TaskOutcome::succeeded);
    CHECK(outcome_by({"failed", "'(?P<task>.+)' failed", TaskOutcome::failed},
                     "Transfer 'A' failed with a long story") == TaskOutcome::failed);
}

TEST_CASE("White space at the end of a message is no difference") {
    for (const std::string end : {"", " ", "\r\n", "\n\n", "\t\r\n "}) {
        CHECK(outcome_by(finished, "Transfer 'A' finished" + end) == TaskOutcome::succeeded);
        CHECK(outcome_by({"f", "'(?P<task>.+)' failed$", TaskOutcome::failed},
                         "Transfer 'A' failed" + end) == TaskOutcome::failed);
        CHECK(outcome_by({"f", "'(?P<task>.+)' finished\\s*$", TaskOutcome::succeeded},
                         "Transfer 'A' finished" + end) == TaskOutcome::succeeded);
    }
    CHECK(outcome_by({"f", "'(?P<task>.+)' finished\r\n$", TaskOutcome::succeeded},
                     "Transfer 'A' finished\r\n") == TaskOutcome::succeeded);
}

TEST_CASE("With multiline ^ and $ hold at each line, and a success ends with its line") {
    RuleConfig rule{"status", "^(?P<task>.+): done$", TaskOutcome::succeeded};
    const std::string block = "log of the night\r\nA - x: done  \r\nB: failed\r\n";
    CHECK_FALSE(outcome_by(rule, block));
    rule.multiline = true;
    const Attribution attribution{AttributionConfig{.rules = {rule}}};
    const auto mention = attribution.mention(block);
    REQUIRE(mention);
    CHECK(mention->task == "A - x");
    CHECK(mention->task.data() == block.data() + block.find("A - x")); // a view of the message
    rule.pattern = "^(?P<task>.+): done";
    CHECK_FALSE(outcome_by(rule, "one\nA: done with errors\ntwo"));
    CHECK(outcome_by(rule, "one\nA: done\ntwo") == TaskOutcome::succeeded);
}

TEST_CASE("What a rule by line captures over many lines is the message's own text") {
    const RuleConfig rule{.name = "x",
                          .pattern = "^(?P<task>.+) broke: (?P<error>(?s:.*))",
                          .outcome = TaskOutcome::failed,
                          .multiline = true};
    const std::string message = "night \r\nA broke: one \r\n  two\r\n three";
    const Attribution attribution{AttributionConfig{.rules = {rule}}};
    CHECK(attribution.mention(message)->error == "one \r\n  two\r\n three");
}

TEST_CASE("With each every match counts, of all such rules, in the order of the message") {
    std::vector<RuleConfig> rules = {{"bad", "^(?P<task>.+):Failed$", TaskOutcome::failed},
                                     {"good", "^(?P<task>.+):Successful$", TaskOutcome::succeeded},
                                     {"any", "^(?P<task>.+):", TaskOutcome::started}};
    for (RuleConfig& rule : rules)
        rule.multiline = rule.each = true;
    rules[2].each = false;
    const Attribution attribution{AttributionConfig{.rules = rules}};
    const std::string block = "A:Successful\r\nB:Failed\r\nC:Failed\r\nD:Other";
    const auto mentions = attribution.mentions(block);
    REQUIRE(mentions.size() == 3);
    CHECK(mentions[0].task == "A");
    CHECK(mentions[1].task == "B");
    CHECK(mentions[2].outcome == TaskOutcome::failed);
    CHECK(attribution.mention("D:Other")->rule == "any");
    CHECK(attribution.task_runs(ended_execution({{1, block}}), prod).size() == 3);
}

TEST_CASE("A match within what an earlier rule with each took does not count") {
    std::vector<RuleConfig> rules = {
        {"long", "^Table (?P<task>\\w+)\n code (?P<code>\\d+)", TaskOutcome::failed},
        {"short", "^Table (?P<task>\\w+)", TaskOutcome::failed}};
    for (RuleConfig& rule : rules)
        rule.multiline = rule.each = true;
    const Attribution attribution{AttributionConfig{.rules = rules}};
    const auto mentions = attribution.mentions("Table A\n code 7\nTable B\n none");
    REQUIRE(mentions.size() == 2);
    CHECK(mentions[0].code == "7");
    CHECK(mentions[1].rule == "short");
    CHECK_FALSE(mentions[1].code);
}

TEST_CASE("An error keeps its code until the next attempt") {
    const Attribution attribution{AttributionConfig{
        .rules = {{"start", "^begin (?P<task>.+)$", TaskOutcome::started},
                  {"failed", "^(?P<task>.+) broke: (?P<error>SQL Error Number: (?P<code>\\d+))",
                   TaskOutcome::failed}}}};
    auto runs = attribution.task_runs(
        ended_execution({{1, "begin A"}, {2, "A broke: SQL Error Number: 207"}}), prod);
    CHECK(runs.at(0).error_code == "207");
    runs = attribution.task_runs(
        ended_execution({{1, "A broke: SQL Error Number: 207"}, {2, "begin A"}}), prod);
    CHECK_FALSE(runs.at(0).error_code);
}

TEST_CASE("Words of failure are found in many languages, not in names, and not where denied") {
    const auto& words = default_failure_words();
    const auto word = [&](std::string_view text) { return failure_word_in(text, {}, words); };
    for (const std::string text :
         {"finished with errors", "TransferFailed", "task_failed", "Ladefehler", "mislykkedes",
          "fout opgetreden", "échec du transfert", "Afbrudt", "CANCELLED", "unsuccessful",
          "10 errors", "2.0 errors", "failed, 0 rows", "rows: 0, failed", "no rows, aborted",
          "error code 0", "failed: 0 rows", "1 000 errors"}) {
        CAPTURE(text);
        CHECK(word(text));
    }
    for (const std::string text :
         {"completed, 0 errors", "ended without errors", "errors: 0", R"({"errors":0})",
          "ohne Fehler beendet", "keine Fehler", "afsluttet uden fejl", "default rows", "Felder"}) {
        CAPTURE(text);
        CHECK_FALSE(word(text));
    }
    const std::string message = "Transfer 'Error log - x' completed";
    CHECK(word(message) == "error");
    CHECK_FALSE(failure_word_in(message, {std::string_view{message}.substr(10, 13)}, words));
}

TEST_CASE("A success that says a failure is doubted, unless only the task's name says it") {
    AttributionConfig config{.rules = {with(finished, &RuleConfig::partial)}};
    RuleUsage usage(config);
    usage.observe("Transfer 'Error log' finished", {}, 5);
    CHECK(usage.uses()[0].doubtful == 0);
    usage.observe("Transfer 'B' finished with errors", {}, 2);
    CHECK(usage.uses()[0].doubtful == 2);
    CHECK(usage.uses()[0].failure_word == "errors");
    CHECK(usage.uses()[0].example == "Transfer 'B' finished with errors");
    config.failure_words = {"oops"};
    RuleUsage other(config);
    other.observe("Transfer 'B' finished with errors", {});
    CHECK(other.uses()[0].doubtful == 0);
}

TEST_CASE("The classic engine's rules that ship pass their own tests") {
    const AttributionConfig config = classic();
    CHECK(config.tests.size() == 6);
    CHECK(failed_tests(config).empty());
}

TEST_CASE("The classic engine: a block that names three failed tables is three failed runs") {
    const Attribution attribution{classic()};
    const std::string block =
        "Finished executing project 'Contoso' Execution Package 'Nightly'\r\nExecution failed\r\n"
        "Start Time : 12/16/2024 3:23:06 AM End Time : 12/16/2024 3:25:06 AM on server: ETL01\r\n"
        "\r\nError during Data Processing for Table: Fact Sales at: dbo\r\n"
        "Invalid column name 'Amount'.\r\nSQL Error Number: 207\r\n"
        "   at System.Data.SqlClient.SqlCommand.Run()\r\n"
        "Error during Data Processing for Table: Dim.Customer at: dbo\r\n"
        "Timeout expired.\r\n\r\nError: inner\r\n"
        "Error during Data Processing for Table: Stock at: dbo\r\nSQL Error Number: 8152\r\n";
    const auto runs = attribution.task_runs(ended_execution({{1, block}}), prod);
    REQUIRE(runs.size() == 4);
    CHECK(runs[0].task == "Nightly");
    CHECK(runs[0].kind == TaskKind::execution_package);
    CHECK(runs[1].task == "Fact Sales");
    CHECK(runs[1].error_code == "207");
    CHECK_THAT(*runs[1].error_message, ContainsSubstring("SqlCommand.Run()"));
    CHECK_THAT(*runs[1].error_message, !ContainsSubstring("Timeout"));
    CHECK(runs[2].task == "Dim.Customer");
    CHECK_FALSE(runs[2].error_code);
    CHECK_THAT(*runs[2].error_message, ContainsSubstring("Error: inner"));
    CHECK(runs[3].task == "Stock");
    CHECK(runs[3].error_code == "8152");
    for (const TaskRun& run : runs)
        CHECK(run.outcome == TaskOutcome::failed);
}

TEST_CASE("The classic engine: a step that was only initialized has succeeded in nothing") {
    const Attribution attribution{classic()};
    const auto runs = attribution.task_runs(
        ended_execution({{1, "Execute Table MDW dbo.Fact Sales:Info:Initialized"}}), prod);
    CHECK(runs.at(0).outcome == TaskOutcome::started);
    CHECK_FALSE(runs.at(0).last_succeeded_at);
}
