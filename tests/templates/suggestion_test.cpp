#include "attribution/task_runs.hpp"
#include "config/config.hpp"
#include "support/catch.hpp"
#include "templates/rule_suggestion.hpp"
#include "templates/template.hpp"
#include "text/regex.hpp"

#include <random>

using namespace tidemark;

namespace {

SuggestedRule suggest(const std::string& message) {
    return suggest_rule(message, mask_of(message));
}

/// What the suggested rule, read back from its block, says of a message.
std::optional<TaskMention> mention(const std::string& block, const std::string& message) {
    static std::optional<Attribution> attribution; // the mention points into it
    attribution.emplace(
        parse_config("[source]\nbase_url = \"https://gateway.example\"\n" + block, "config.toml")
            .attribution);
    return attribution->mention(message);
}

} // namespace

TEST_CASE("a suggestion names the task, the rows and the outcome") {
    const std::string message = "Transfer task 'Navision - Full load' completed, 12,345 rows";
    const SuggestedRule rule = suggest(message);
    CHECK(rule.pattern == R"(^Transfer task '(?P<task>.+?)' completed, (?P<rows>[\d.,]+) rows$)");
    CHECK(rule.outcome == TaskOutcome::succeeded);
    CHECK(rule.name == "transfer task completed rows");
    CHECK(rule_block(rule) == R"([[attribution.rule]]
name = "transfer task completed rows"
pattern = '''^Transfer task '(?P<task>.+?)' completed, (?P<rows>[\d.,]+) rows$'''
outcome = "succeeded" # a guess: started, succeeded or failed
)");
    const auto said = mention(rule_block(rule), message);
    REQUIRE(said);
    CHECK(said->task == "Navision - Full load");
    CHECK(said->row_count == 12345);
    CHECK(said->outcome == TaskOutcome::succeeded);
}

TEST_CASE("what follows the word error is the error") {
    const std::string message =
        "Transfer task 'xfer-07' failed with error: Login failed for user 'etl'.";
    const SuggestedRule rule = suggest(message);
    CHECK(rule.pattern == R"(^Transfer task '(?P<task>.+?)' failed with error: (?P<error>.*)$)");
    const auto said = mention(rule_block(rule), message);
    REQUIRE(said);
    CHECK(said->task == "xfer-07");
    CHECK(said->error == "Login failed for user 'etl'.");
    CHECK(said->outcome == TaskOutcome::failed);

    CHECK(suggest("Error in task \"GL\": no space").pattern ==
          R"re(^Error in task "(?P<task>.+?)": (?P<error>.*)$)re");
    CHECK(suggest("Task 'a' failed:\nline 1\nline 2").pattern ==
          R"((?s)^Task '(?P<task>.+?)' failed:\s+(?P<error>.*)$)");
}

TEST_CASE("of two names the first is the task") {
    CHECK(suggest("Loading 'GL' from 'ERP' took 5 ms").pattern ==
          R"(^Loading '(?P<task>.+?)' from '.+?' took .+?$)");
}

TEST_CASE("a name without quotes is found behind its word") {
    CHECK(suggest("Executing transfer task Load GL").pattern ==
          "^Executing transfer task (?P<task>.+?)$");
    CHECK(suggest("Transfer task Load GL - 2 finished with 5 rows").pattern ==
          R"(^Transfer task (?P<task>.+?) finished with (?P<rows>[\d.,]+) rows$)");
}

TEST_CASE("a word that differs within the group is the task where nothing is in quotes") {
    const auto rule =
        suggest_rule("Import of orders began (5 left)", "Import of <*> began (<number> left)");
    CHECK(rule.pattern == R"(^Import of (?P<task>.+?) began \(.+? left\)$)");
    CHECK(rule.names_task);
}

TEST_CASE("a message without a task says that its rule needs one") {
    const auto rule = suggest("Job execution started");
    CHECK_FALSE(rule.names_task);
    CHECK(rule.outcome == TaskOutcome::started);
    CHECK_THAT(rule_block(rule), ContainsSubstring("# a rule needs the task's name"));
}

TEST_CASE("a suggested pattern matches the message that it was made from") {
    std::mt19937 random(11);
    const std::vector<std::string> pieces = {"task",
                                             "Task:",
                                             "failed",
                                             "error:",
                                             "error",
                                             "completed",
                                             "rows",
                                             "records:",
                                             "'O'Brien'",
                                             "'a'",
                                             "\"b c\"",
                                             "''",
                                             "\xC2\xABGL\xC2\xBB",
                                             "[dbo].[x]",
                                             "12,345",
                                             "-5",
                                             "1 234",
                                             "2026-10-09T03:00:00Z",
                                             "5 ms",
                                             R"(C:\a b\c.txt)",
                                             "/x/y",
                                             "(a|b)*",
                                             "[^x]+?",
                                             "{2}",
                                             "$1",
                                             "\n",
                                             "\r\n  at x",
                                             "\t",
                                             "  ",
                                             "\x01",
                                             "don't",
                                             "\xC3\xA4\xE2\x82\xAC",
                                             "a=5;b=6",
                                             "'open",
                                             R"(\E\Q)",
                                             "#",
                                             "'''",
                                             "\"\"\"",
                                             "d9854698-cd42-487b-8202-8683afa39b92",
                                             "<*>",
                                             "<name>"};
    for (int round = 0; round < 4000; ++round) {
        std::string message;
        for (std::size_t i = 0; i < 1 + random() % 9; ++i) {
            message += pieces[random() % pieces.size()];
            if (random() % 4 != 0) message += ' ';
        }
        if (round % 50 == 0) message += std::string(masked_bytes, 'x') + " 5 " + message;
        std::string group_pattern = mask_of(message);
        if (round % 3 == 0 && !group_pattern.empty()) {
            const auto space = group_pattern.find(' ');
            group_pattern = "<*>" + (space == std::string::npos ? "" : group_pattern.substr(space));
        }
        const SuggestedRule rule = suggest_rule(message, group_pattern);
        CAPTURE(message.substr(0, 200), group_pattern.substr(0, 200), rule.pattern.substr(0, 400));
        CHECK(Pattern(rule.pattern).find(masked_part(message)));
        if (rule.names_task) CHECK(mention(rule_block(rule), std::string(masked_part(message))));
    }
}
