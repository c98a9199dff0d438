#include "config/config_error.hpp"
#include "support/catch.hpp"

TEST_CASE("An unknown key is refused with what was probably meant") {
    CHECK(refusal_of_rest("retires = 3\n") ==
          "config.toml:3: unknown key 'source.retires' (did you mean 'retries'?)");
    CHECK(refusal_of_rest("[attribution]\n[[attribution.rule]]\nname = \"x\"\npatern = \"y\"\n") ==
          "config.toml:6: unknown key 'attribution.rule.patern' (did you mean 'pattern'?)");
    CHECK(refusal_of_rest("[source.states]\npending = 7\n") ==
          "config.toml:4: unknown key 'source.states.pending' (config.example.toml names every "
          "key)");
}

TEST_CASE("An unknown table is refused with what was probably meant") {
    CHECK(refusal_of_rest("[warehous]\nurl = \"sqlite:x\"\n") ==
          "config.toml:3: unknown table 'warehous' (did you mean 'warehouse'?)");
    CHECK(refusal_of_rest("[[attribution.rules]]\nname = \"x\"\n") ==
          "config.toml:3: unknown table 'attribution.rules' (did you mean 'rule'?)");
    CHECK(refusal_of_rest("[source.state]\nnone = 1\n") ==
          "config.toml:3: unknown table 'source.state' (did you mean 'states'?)");
}

TEST_CASE("A key that stands in the wrong table is shown its place") {
    CHECK(refusal_of("base_url = \"https://gateway.example\"\n") ==
          "config.toml:1: unknown key 'base_url' (did you mean 'source.base_url'?)");
    CHECK(refusal_of_rest("[warehouse]\nlookback = \"7d\"\n") ==
          "config.toml:4: unknown key 'warehouse.lookback' (did you mean 'sync.lookback'?)");
}

TEST_CASE("The API key in the file is refused without being shown") {
    for (const auto* key : {"api_key", "apiKey", "api-key", "key", "token", "password"}) {
        CHECK(refusal_of_rest(std::string{key} + " = \"hunter2\"\n") ==
              "config.toml:3: unknown key 'source." + std::string{key} +
                  "' (no secret stands in this file: the API key comes from "
                  "'source.api_key_env' or 'source.api_key_file', a database's password from "
                  "PGPASSWORD or a passfile)");
    }
    CHECK(refusal_of_rest("api_key_env = \"d9854698-cd42\"\n") ==
          "config.toml:3: 'source.api_key_env' must be the name of an environment variable, not "
          "the key");
}

TEST_CASE("The first error of the file is the one that is told") {
    CHECK(refusal_of("[source]\nzzz_last = 1\naaa_first = 2\nbase_url = 3\n") ==
          "config.toml:2: unknown key 'source.zzz_last' (config.example.toml names every key)");
}

TEST_CASE("A key of an odd name cannot break the line of the error") {
    CHECK(refusal_of_rest("\"a\\nb c\" = 1\n") ==
          "config.toml:3: unknown key 'source.\"a?b c\"' (config.example.toml names every key)");
}

TEST_CASE("A value of another type is refused with both types") {
    CHECK(refusal_of("[source]\n\n\nretries = \"5\"\n") ==
          "config.toml:4: 'source.retries' must be an integer, not a string");
    CHECK(refusal_of_rest("retries = 5.0\n") ==
          "config.toml:3: 'source.retries' must be an integer, not a float");
    CHECK(refusal_of_rest("allow_http = \"yes\"\n") ==
          "config.toml:3: 'source.allow_http' must be true or false, not a string");
    CHECK(refusal_of_rest("organisation = 2026-01-01\n") ==
          "config.toml:3: 'source.organisation' must be a string, not a date");
    CHECK(refusal_of_rest("organisation = 07:30:00\n") ==
          "config.toml:3: 'source.organisation' must be a string, not a time");
    CHECK(refusal_of_rest("organisation = 2026-01-01T07:30:00\n") ==
          "config.toml:3: 'source.organisation' must be a string, not a date with a time");
    CHECK(refusal_of_rest("organisation = true\n") ==
          "config.toml:3: 'source.organisation' must be a string, not a boolean");
    CHECK(refusal_of_rest("states = [1, 2]\n") ==
          "config.toml:3: 'source.states' must be a table, not an array");
    CHECK(refusal_of("source = 1\n") == "config.toml:1: 'source' must be a table, not an integer");
    CHECK(refusal_of_rest("[attribution.rule]\nname = \"x\"\n") ==
          "config.toml:3: 'attribution.rule' must be an array of tables, [[attribution.rule]], "
          "not a table");
    CHECK(refusal_of_rest("[attribution]\nrule = [\"x\"]\n") ==
          "config.toml:4: 'attribution.rule' must be a table, not a string");
    CHECK(refusal_of_rest("[sync]\nlookback = 7\n") ==
          "config.toml:4: 'sync.lookback' must be a duration such as '7d', '26h' or '1d12h', at "
          "most 36500d, not "
          "an integer");
    CHECK(refusal_of_rest("max_response_bytes = true\n") ==
          "config.toml:3: 'source.max_response_bytes' must be a size such as '32MiB', not a "
          "boolean");
    CHECK(refusal_of_rest("[sync]\ninclude = \"Nightly\"\n") ==
          "config.toml:4: 'sync.include' must be an array of strings, not a string");
    CHECK(refusal_of_rest("[sync]\ninclude = [\n  \"Nightly\",\n  5\n]\n") ==
          "config.toml:6: 'sync.include' must be a string, not an integer");
    CHECK(refusal_of_rest("[attribution.sources]\n\"Load GL\" = 5\n") ==
          "config.toml:4: 'attribution.sources.\"Load GL\"' must be a string, or an array of "
          "{ job = …, source = … }, not an integer");
}

TEST_CASE("A value out of bounds is refused with the bounds") {
    CHECK(refusal_of_rest("retries = 21\n") ==
          "config.toml:3: 'source.retries' must be between 0 and 20, not 21");
    CHECK(refusal_of_rest("retries = -1\n") ==
          "config.toml:3: 'source.retries' must be between 0 and 20, not -1");
    CHECK(refusal_of_rest("max_concurrent_requests = 0\n") ==
          "config.toml:3: 'source.max_concurrent_requests' must be between 1 and 32, not 0");
    CHECK(refusal_of_rest("connect_timeout_s = 0\n") ==
          "config.toml:3: 'source.connect_timeout_s' must be between 1 and 86400, not 0");
    CHECK(refusal_of_rest("stall_timeout_s = 0\n") ==
          "config.toml:3: 'source.stall_timeout_s' must be between 1 and 86400, not 0");
    CHECK(refusal_of_rest("max_response_bytes = 0\n") ==
          "config.toml:3: 'source.max_response_bytes' must be more than 0");
    CHECK(refusal_of_rest("max_execution_bytes = \"3GiB\"\n") ==
          "config.toml:3: 'source.max_execution_bytes' must be at most 2147483648 bytes, not "
          "'3GiB'");
    CHECK(refusal_of_rest("max_execution_bytes = -1\n") ==
          "config.toml:3: 'source.max_execution_bytes' must be a size such as '32MiB', not '-1'");
    CHECK(refusal_of_rest("[sync]\nlookback = \"-7d\"\n") ==
          "config.toml:4: 'sync.lookback' must be a duration such as '7d', '26h' or '1d12h', at "
          "most 36500d, not "
          "'-7d'");
    CHECK(refusal_of_rest("[sync]\nabandoned_after = \"0d\"\n") ==
          "config.toml:4: 'sync.abandoned_after' must be at least 1s, not '0d'");
    CHECK(refusal_of_rest("[freshness]\nFinance = \"0h\"\n") ==
          "config.toml:4: 'freshness.Finance' must be at least 1s, not '0h'");
    CHECK(refusal_of_rest("[freshness]\ndefault = \"never\"\n") ==
          "config.toml:4: 'freshness.default' cannot be 'never', which is for single data sources; "
          "leave it out for no limit");
    CHECK(refusal_of_rest("[freshness]\ndefault = \"26 hours\"\n") ==
          "config.toml:4: 'freshness.default' must be a duration such as '7d', '26h' or '1d12h', "
          "at most 36500d, "
          "not '26 hours'");
    CHECK(refusal_of_rest("organisation = \"\"\n") ==
          "config.toml:3: 'source.organisation' must not be empty");
}

TEST_CASE("A name that is longer than any that is stored is refused") {
    const std::string name(513, 'n');
    const auto said = [](const std::string& place) {
        return place + " has a name of 513 bytes; names have at most 512";
    };
    CHECK(refusal_of_rest("organisation = '" + name + "'\n") ==
          said("config.toml:3: 'source.organisation'"));
    CHECK(refusal_of_rest("organisation = '" + name.substr(1) + "'\n") == "");
    CHECK(refusal_of_rest("[sync]\nexclude = ['a',\n '" + name + "']\n") ==
          said("config.toml:4: 'sync.exclude'"));
    CHECK(refusal_of_rest("[attribution.sources]\na = 'A'\n" + name + " = 'A'\n") ==
          said("config.toml:5: 'attribution.sources'"));
    CHECK(refusal_of_rest("[attribution.sources]\na = '" + name + "'\n") ==
          said("config.toml:4: 'attribution.sources.a'"));
    CHECK(refusal_of_rest("[attribution.sources]\na = [{ source = '" + name + "' }]\n") ==
          said("config.toml:4: 'attribution.sources.a.source'"));
    CHECK(refusal_of_rest("[attribution.known]\n" + name + " = ['a']\n") ==
          said("config.toml:4: 'attribution.known'"));
    CHECK(refusal_of_rest("[freshness]\n" + name + " = '1h'\n") ==
          said("config.toml:4: 'freshness'"));
}

TEST_CASE("A name of nothing but blanks is refused") {
    const std::string error = " has an empty name; write one";
    CHECK(refusal_of_rest("[freshness]\n\"\" = \"26h\"\n") == "config.toml:4: 'freshness'" + error);
    CHECK(refusal_of_rest("[schedule]\n' ' = \"02:00\"\n") == "config.toml:4: 'schedule'" + error);
    CHECK(refusal_of_rest("[attribution.sources]\n'' = 'x'\n") ==
          "config.toml:4: 'attribution.sources'" + error);
    CHECK(refusal_of_rest("[attribution.sources]\nx = ' '\n") ==
          "config.toml:4: 'attribution.sources.x'" + error);
}

TEST_CASE("An unknown time zone is refused with one that is near") {
    CHECK(refusal_of_rest("timezone = \"Europe/Kopenhagen\"\n") ==
          "config.toml:3: 'source.timezone' is no known time zone: 'Europe/Kopenhagen' (did you "
          "mean 'Europe/Copenhagen'?)");
    CHECK(refusal_of_rest("[sync]\nreporting_timezone = \"copenhagen\"\n") ==
          "config.toml:4: 'sync.reporting_timezone' is no known time zone: 'copenhagen' (did you "
          "mean 'Europe/Copenhagen'?)");
    CHECK(refusal_of_rest("timezone = \"Romance Standard Time\"\n") ==
          "config.toml:3: 'source.timezone' is no known time zone: 'Romance Standard Time' (use "
          "an IANA name such as 'Europe/Copenhagen')");
}

TEST_CASE("The name of a header or of a schema is checked") {
    CHECK(refusal_of_rest("api_key_header = \"apiKey: x\"\n") ==
          "config.toml:3: 'source.api_key_header' must be the name of a header, such as 'apiKey'");
    CHECK(refusal_of_rest("[warehouse]\nschema = \"my schema\"\n") ==
          "config.toml:4: 'warehouse.schema' must be letters, digits and '_', at most 63 and no "
          "digit first, not 'my schema'");
}

TEST_CASE("The warehouse must be of a kind that is known, and is not shown otherwise") {
    CHECK(refusal_of_rest("[warehouse]\nurl = \"mysql://etl:hunter2@db/history\"\n") ==
          "config.toml:4: 'warehouse.url' must begin with 'sqlite:' or 'postgresql://'");
    CHECK(refusal_of_rest("[warehouse]\nurl = \"sqlite:\"\n") ==
          "config.toml:4: 'warehouse.url' names no file");
    CHECK(
        refusal_of_rest("[warehouse]\nurl = \"sqlite::memory:\"\n") ==
        "config.toml:4: 'warehouse.url' names no file: what is in memory is gone when the program "
        "ends");
    CHECK(refusal_of_rest("[warehouse]\nmigrate = \"manuel\"\n") ==
          "config.toml:4: 'warehouse.migrate' must be 'auto' or 'manual', not 'manuel' (did you "
          "mean 'manual'?)");
}

TEST_CASE("Two states cannot have the same code") {
    CHECK(refusal_of_rest("[source.states]\nrunning = 4\ncompleted = 4\n") ==
          "config.toml:4: 'source.states.running' has the code 4, which 'source.states.completed' "
          "has too");
    CHECK(refusal_of_rest("[source.states]\nrunning = 1\n") ==
          "config.toml:4: 'source.states.running' has the code 1, which 'source.states.completed' "
          "has too");
}

namespace {

/// Lines behind those of a complete source, and what is said of them.
struct BadConfig {
    std::string lines;
    std::string error; ///< behind `config.toml:`
};

const std::string no_end = "a text that begins here does not end; write the quote that is missing";
const std::string no_value = "the value after '=' cannot be read; put a text in quotes, and write "
                             "'true' and 'false' in lower case";
const std::string no_equals = "'=' is missing after a key; put a key in quotes when it is more "
                              "than letters, digits, '-' and '_'";
const std::string no_escape = "a backslash begins an escape within double quotes; write it twice, "
                              "or put the text in single quotes";
const std::string no_more = "more follows where the line should end; write each key on a line of "
                            "its own, and a text in quotes";
const std::string no_bracket = "']' is missing after a table's name, which stands in [ ], or in "
                               "[[ ]] when the table can come more than once";
const std::string no_toml = "this is no TOML: a line begins with a key, or with [ and the name of "
                            "a table";

const std::vector<BadConfig> bad_configs = {
    {"organisation = \"x\nretries = 3\n", "3: " + no_end},
    {"organisation = 'x\n", "3: " + no_end},
    {"\"organisation = 'x'\n", "3: " + no_end},
    {"organisation = x\"\n", "3: " + no_value},
    {"organisation = x\n", "3: " + no_value},
    {"organisation = “x”\n", "3: " + no_value},
    {"allow_http = True\n", "3: " + no_value},
    {"allow_http = yes\n", "3: " + no_value},
    {"lookback = 7d\n", "3: " + no_value},
    {"organisation = \n", "3: the value after '=' is missing"},
    {"organisation: x\n", "3: " + no_equals},
    {"[attribution.sources]\nLoad GL = 'x'\n", "4: " + no_equals},
    {"retries = 3 connect_timeout_s = 4\n", "3: " + no_more},
    {"ca_file = \"C:\\Users\\ca.pem\"\n", "3: " + no_escape},
    {"ca_file = \"C:\\certificates\"\n", "3: " + no_escape},
    {"[warehouse\nurl = \"sqlite:x\"\n", "3: " + no_bracket},
    {"[[attribution.rule]\n", "3: " + no_bracket},
    {"[sync]\ninclude = [\"a\" \"b\"]\n", "4: a comma or ']' is missing in an array"},
    {"retries = 3\nretries = 4\n", "4: 'retries' stands in the file twice; keep one"},
    {"[source]\n", "3: 'source' stands in the file twice; keep one"},
    {"[attribution.sources]\n\"O'Brien\" = \"x\"\n\"O'Brien\" = \"y\"\n",
     "5: 'O'Brien' stands in the file twice; keep one"},
    {"[freshness]\n 'GL' = '1h'\n 'GL' = '2h'\n", "5: 'GL' stands in the file twice; keep one"},
    {"[attribution.rule]\n[[attribution.rule]]\n",
     "4: 'attribution.rule' stands in the file twice; write [[ ]] each time when it can come more "
     "than once"},
    {"{\"source\": 1}\n", "3: " + no_toml},
    {"organisation = 'M\xF8nt'\n", "3: the file is not UTF-8 here; save it as UTF-8"},
    {"organisation = 'a\x01'\n", "3: the line holds a control character; write it as an escape "
                                 "such as '\\t' within double quotes"},
    {"retries = 99999999999999999999\n", "3: a number is too large"},
};

std::string key_of(int parts) {
    std::string key = "a";
    while (--parts > 0)
        key += ".a";
    return key;
}

} // namespace

TEST_CASE("A slip of the hand in TOML is told by its line, what it is and what to do") {
    for (const BadConfig& bad : bad_configs) {
        CAPTURE(bad.lines);
        CHECK(refusal_of_rest(bad.lines) == "config.toml:" + bad.error);
    }
}

TEST_CASE("The character NUL is refused in every text, since no database stores it") {
    const std::string nul = "a text cannot hold the character NUL ('\\u0000'); take it out";
    CHECK(refusal_of_rest("organisation = \"a\\u0000b\"\n") == "config.toml:3: " + nul);
    CHECK(refusal_of_rest("[attribution.sources]\n\"a\\U00000000\" = 'b'\n") ==
          "config.toml:4: " + nul);
    CHECK(refusal_of_rest("[[attribution.rule]]\npattern = '(?P<task>x)'\nname = \"\"\"\n"
                          "a\\u0000\"\"\"\n") == "config.toml:6: " + nul);
    CHECK(refusal_of_rest("organisation = 'a\\u0000b' # \"\\u0000\"\n") == "");
    CHECK(refusal_of_rest("organisation = \"a\\\\u0000b\"\n") == "");
}

TEST_CASE("A key of more parts than the parser bears is refused before it is parsed") {
    const std::string said = "a key of more than 16 parts (write a name that holds dots in quotes)";
    CHECK(refusal_of_rest(key_of(100'000) + " = 1\n") == "config.toml:3: " + said);
    CHECK(refusal_of_rest("[" + key_of(100'000) + "]\n") == "config.toml:3: " + said);
    CHECK_THAT(refusal_of_rest("[" + key_of(16) + "]\n"),
               Catch::Matchers::StartsWith("config.toml:3: unknown table"));
    CHECK(refusal_of_rest("organisation = '" + key_of(99) + "' # " + key_of(99) + "\n") == "");
    CHECK(refusal_of_rest("organisation = '''\n" + key_of(99) + "'''\n") == "");
    for (const char bracket : {'[', '{'}) {
        CHECK(refusal_of_rest("x = " + std::string(100'000, bracket) + "\n") ==
              "config.toml:3: more than 32 brackets within each other");
    }
}

TEST_CASE("A limit of freshness a letter away from 'default' is no data source") {
    for (const std::string near : {"defualt", "defalt", "defaults", "Default", "DEFAULT"}) {
        CHECK(refusal_of_rest("[freshness]\n" + near + " = \"26h\"\n") ==
              "config.toml:4: 'freshness." + near +
                  "' is too near to 'default' to be a data source (did you mean 'default'?)");
    }
    CHECK(refusal_of_rest("[freshness]\nFault = \"26h\"\n") == "");
}

TEST_CASE("The event log of Windows is refused where there is none") {
    CHECK(
        refusal_of_rest("[alert]\neventlog = true\n") ==
        "config.toml:4: 'alert.eventlog' needs the event log of Windows, which this system lacks; "
        "use 'alert.command' or 'alert.webhook'");
    CHECK(refusal_of_rest("[alert]\neventlog = false\n") == "");
}
