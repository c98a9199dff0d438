#include "config/config_error.hpp"
#include "support/catch.hpp"

namespace {

std::string refusal_of_rule(const std::string& pattern) {
    return refusal_of_rest("[[attribution.rule]]\nname = \"x\"\npattern = '''" + pattern + "'''\n");
}

std::string refusal_of_convention(const std::string& pattern) {
    return refusal_of_rest("[[attribution.convention]]\npattern = '" + pattern + "'\n");
}

} // namespace

TEST_CASE("A pattern that RE2 refuses is told in its words") {
    CHECK(refusal_of_rule("^(?P<task>.+") ==
          "config.toml:5: 'attribution.rule.pattern' is refused by RE2: 'missing ): "
          "^(?P<task>.+'");
    CHECK_THAT(refusal_of_convention("(?P<source>a)(?=b)"),
               Catch::Matchers::StartsWith(
                   "config.toml:4: 'attribution.convention.pattern' is refused by RE2: 'invalid "
                   "perl operator"));
}

TEST_CASE("A group that is written as other dialects have it is shown how RE2 has it") {
    const std::string refusal = refusal_of_rule("^(?<task>.+)$");
    if (!refusal.empty()) { // a newer RE2 takes it
        CHECK_THAT(refusal,
                   Catch::Matchers::EndsWith("; a group with a name is written (?P<name>…), and "
                                             "nothing can look behind"));
    }
    CHECK_THAT(refusal_of_rule("^(?P<task>.+)(?!x)"),
               Catch::Matchers::EndsWith("; it cannot look ahead or behind"));
}

TEST_CASE("A group that is named twice is refused, since only one of the two would count") {
    for (const auto* pattern :
         {"^a (?P<task>.+) b (?P<task>.+)$", "^a (?P<task>.+)|^b (?P<task>.+)",
          "(?P<task>.+)(?P<rows>1)|(?P<rows>2)"}) {
        CHECK_THAT(refusal_of_rule(pattern),
                   ContainsSubstring("twice, of which only one would count; write a rule for each "
                                     "wording"));
    }
}

TEST_CASE("A pattern that could cut a character in two is refused, an escaped C is not") {
    CHECK(refusal_of_rule("^(?P<task>.+)\\C") ==
          "config.toml:5: 'attribution.rule.pattern' uses '\\C', which cuts a character in two; "
          "write '.'");
    CHECK(refusal_of_rule("^(?P<task>\\\\C+)") == "");
    CHECK(refusal_of_rule("^(?P<task>.+) \\Q\\C\\E$") == "");
    CHECK(refusal_of_rule("^(?P<task>.+) \\Q\\C") == "");
    CHECK(refusal_of_rule("^(?P<task>.+) \\Qx\\E\\C") != "");
}

TEST_CASE("A pattern without measure is refused before it costs the night") {
    const auto nested = [](int depth) {
        std::string pattern = "(?P<task>x)";
        for (int i = 0; i < depth; ++i)
            pattern.insert(0, "(").append(")");
        return pattern;
    };
    CHECK(refusal_of_rule(nested(99)) == "");
    CHECK(refusal_of_rule(nested(100)) ==
          "config.toml:5: 'attribution.rule.pattern' has more than 100 groups; write (?:…) for "
          "those without a name");
    CHECK(refusal_of_rule(std::string(32769, 'x')) ==
          "config.toml:5: 'attribution.rule.pattern' is longer than 32768 bytes");
}

TEST_CASE("A rule needs a task and a convention needs a source") {
    CHECK(refusal_of_rule("^Transfer (?P<rows>.+)$") ==
          "config.toml:5: 'attribution.rule.pattern' lacks the group 'task' (write (?P<task>.+?) "
          "where it stands)");
    CHECK(refusal_of_convention("^(.+?) - ") ==
          "config.toml:4: 'attribution.convention.pattern' lacks the group 'source' (write "
          "(?P<source>.+?) where it stands)");
    CHECK(refusal_of_rest("[[attribution.rule]]\nname = \"x\"\n") ==
          "config.toml:3: 'attribution.rule.pattern' is missing");
    CHECK(refusal_of_rest("[[attribution.convention]]\n") ==
          "config.toml:3: 'attribution.convention.pattern' is missing");
}

TEST_CASE("A group of an unknown name is refused") {
    CHECK(refusal_of_rule("(?P<taks>.+)") ==
          "config.toml:5: 'attribution.rule.pattern' has an unknown group 'taks' (did you mean "
          "'task'?)");
    CHECK(refusal_of_rule("(?P<task>.+) (?P<duration>.+)") ==
          "config.toml:5: 'attribution.rule.pattern' has an unknown group 'duration' (known: "
          "'task', 'rows', 'error', 'source', 'seconds', 'code')");
    CHECK(refusal_of_convention("(?P<source>.+)(?P<task>.+)") ==
          "config.toml:4: 'attribution.convention.pattern' has an unknown group 'task' (known: "
          "'source')");
}

TEST_CASE("An outcome is one of three words") {
    CHECK(refusal_of_rest("[[attribution.rule]]\noutcome = \"succeded\"\n") ==
          "config.toml:4: 'attribution.rule.outcome' must be 'started', 'succeeded' or 'failed', "
          "not 'succeded' (did you mean 'succeeded'?)");
    CHECK(refusal_of_rest("[[attribution.rule]]\noutcome = \"unknown\"\n") ==
          "config.toml:4: 'attribution.rule.outcome' must be 'started', 'succeeded' or 'failed', "
          "not 'unknown'");
}

TEST_CASE("A kind of task is one of five words") {
    CHECK(refusal_of_rest("[[attribution.rule]]\nkind = \"execution packages\"\n") ==
          "config.toml:4: 'attribution.rule.kind' must be one of 'transfer', 'synchronize', "
          "'import metadata', 'storage management', 'execution package', not 'execution packages' "
          "(did you mean 'execution package'?)");
}

TEST_CASE("A narrowed source names its source, and knows no other key than the job") {
    CHECK(refusal_of_rest("[attribution.sources]\n\"Load\" = [{ job = \"Prod*\" }]\n") ==
          "config.toml:4: 'attribution.sources.Load.source' is missing");
    CHECK(refusal_of_rest("[attribution.sources]\n\"Load\" = [{ jobs = \"Prod*\", source = "
                          "\"Finance\" }]\n") ==
          "config.toml:4: unknown key 'attribution.sources.Load.jobs' (did you mean 'job'?)");
}

TEST_CASE("A test of a message that no rule may match expects nothing else") {
    CHECK(refusal_of_rest("[[attribution.test]]\nmessage = \"x\"\nmatches = false\nrows = 5\n") ==
          "config.toml:3: 'attribution.test.matches' is false, so nothing else can be expected of "
          "the message");
    CHECK(refusal_of_rest("[[attribution.test]]\nrows = 5\n") ==
          "config.toml:3: 'attribution.test.message' is missing");
}
