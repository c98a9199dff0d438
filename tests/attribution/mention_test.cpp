#include "attribution/execution_of.hpp"
#include "error.hpp"
#include "support/catch.hpp"
#include "text/regex.hpp"

using tidemark::Attribution;
using tidemark::AttributionConfig;
using tidemark::TaskOutcome;

namespace {

Attribution rules(std::vector<tidemark::RuleConfig> rules) {
    return Attribution{AttributionConfig{.rules = std::move(rules)}};
}

} // namespace

TEST_CASE("A message tells its task, outcome, rows and error by the rule that matches") {
    const Attribution attribution{sample_rules()};
    const std::string started = "Executing transfer task 'Navision - Full load'";
    const auto start = attribution.mention(started).value();
    CHECK(start.task == "Navision - Full load");
    CHECK(start.rule == "started");
    CHECK(start.outcome == TaskOutcome::started);
    CHECK_FALSE(start.row_count);
    CHECK_FALSE(start.error);
    CHECK_FALSE(start.source);

    const auto success = attribution.mention("Transfer task 'xfer-07' completed, 12,345 rows");
    CHECK(success.value().outcome == TaskOutcome::succeeded);
    CHECK(success.value().row_count == 12345);

    const auto failure = attribution.mention(
        "Transfer task 'Import Metadata' failed with error: Login failed for user 'etl'.");
    CHECK(failure.value().outcome == TaskOutcome::failed);
    CHECK(failure.value().task == "Import Metadata");
    CHECK(failure.value().error == "Login failed for user 'etl'.");

    const auto sourced = attribution.mention("[SAP] start Import Metadata");
    CHECK(sourced.value().source == "SAP");
}

TEST_CASE("A message that no rule matches tells nothing") {
    const Attribution attribution{sample_rules()};
    CHECK_FALSE(attribution.mention("Job execution started"));
    CHECK_FALSE(attribution.mention(""));
    CHECK_FALSE(attribution.mention(" Executing transfer task 'x'"));
    CHECK_FALSE(Attribution{AttributionConfig{}}.mention("Executing transfer task 'x'"));
}

TEST_CASE("The first rule that matches decides, even when a later one says more") {
    const Attribution attribution =
        rules({{"first", "task (?P<task>\\w+)"},
               {"second", "task (?P<task>\\w+) (?P<rows>\\d+)", TaskOutcome::succeeded}});
    const auto mention = attribution.mention("a task load 5").value();
    CHECK(mention.rule == "first");
    CHECK_FALSE(mention.outcome);
    CHECK_FALSE(mention.row_count);
}

TEST_CASE("A pattern matches anywhere unless it anchors itself") {
    CHECK(rules({{"r", "task (?P<task>\\w+)"}}).mention("one task load two")->task == "load");
    CHECK_FALSE(rules({{"r", "^task (?P<task>\\w+)"}}).mention("one task load two"));
}

TEST_CASE("A task whose name is captured empty is no task, and no later rule is asked") {
    const Attribution attribution = rules({{"empty", "^x(?P<task>y?)"}, {"full", "^(?P<task>x)"}});
    CHECK_FALSE(attribution.mention("x"));
    CHECK(attribution.mention("xy")->task == "y");
}

TEST_CASE("Names that hold quotes or the words of a rule are read whole") {
    const Attribution attribution{sample_rules()};
    CHECK(attribution.mention("Executing transfer task 'it's 'quoted''")->task == "it's 'quoted'");
    CHECK(attribution.mention("Executing transfer task 'x' failed with error: y'")->task ==
          "x' failed with error: y");
    CHECK(attribution.mention("Transfer task 'A' completed, 5 rows' completed, 7 rows")->task ==
          "A' completed, 5 rows");
    CHECK(attribution.mention("Executing transfer task 'Økonomi – “alle”'")->task ==
          "Økonomi – “alle”");
}

TEST_CASE("A group that captured nothing is as if the pattern had none") {
    const Attribution attribution =
        rules({{"r", "^(?P<task>\\w+)(?: of (?P<source>\\w*))?(?: error (?P<error>\\w*))?$"}});
    const auto bare = attribution.mention("load").value();
    CHECK_FALSE(bare.source);
    CHECK_FALSE(bare.error);
    const auto empty = attribution.mention("load of  error ").value();
    CHECK_FALSE(empty.source);
    CHECK_FALSE(empty.error);
    const auto full = attribution.mention("load of sap error e1").value();
    CHECK(full.source == "sap");
    CHECK(full.error == "e1");
}

TEST_CASE("Groups are found by name, whatever other groups stand before them") {
    std::string pattern;
    for (int i = 0; i < 40; ++i)
        pattern += "(.)";
    const Attribution attribution = rules({{"r", pattern + "(?P<rows>\\d)(?P<task>.+)"}});
    const std::string message = std::string(40, '-') + "7load";
    const auto mention = attribution.mention(message).value();
    CHECK(mention.task == "load");
    CHECK(mention.row_count == 7);
}

TEST_CASE("A count that cannot be read is no count") {
    const Attribution attribution{sample_rules()};
    CHECK_FALSE(attribution.mention("Transfer task 'x' completed, many rows")->row_count);
}

TEST_CASE("A pattern that RE2 refuses is a configuration error") {
    CHECK_THROWS_MATCHES(rules({{"r", "(?P<task>"}}), tidemark::ConfigError,
                         Catch::Matchers::Message("pattern '(?P<task>' is refused by RE2: 'missing "
                                                  "): (?P<task>'"));
    CHECK_THROWS_AS((Attribution{AttributionConfig{.conventions = {{"(?P<source>"}}}}),
                    tidemark::ConfigError);
}

TEST_CASE("A pattern tells its error and the names of its groups") {
    CHECK_FALSE(tidemark::pattern_error("(?P<task>.+)"));
    CHECK(tidemark::pattern_error("a**") == "is refused by RE2: 'bad repetition operator: **'");
    CHECK(tidemark::pattern_groups("(?P<task>.+)(x)(?P<rows>.)") ==
          std::vector<std::string>{"task", "rows"});
    CHECK(tidemark::pattern_groups("a**").empty());
}
