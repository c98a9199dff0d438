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
          "config.toml:4: 'sync.lookback' must be a duration such as '7d', '26h' or '1d12h', not "
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
          "config.toml:4: 'sync.lookback' must be a duration such as '7d', '26h' or '1d12h', not "
          "'-7d'");
    CHECK(refusal_of_rest("[sync]\nabandoned_after = \"0d\"\n") ==
          "config.toml:4: 'sync.abandoned_after' must be at least 1s, not '0d'");
    CHECK(refusal_of_rest("[freshness]\nFinance = \"0h\"\n") ==
          "config.toml:4: 'freshness.Finance' must be at least 1s, not '0h'");
    CHECK(refusal_of_rest("[freshness]\ndefault = \"26 hours\"\n") ==
          "config.toml:4: 'freshness.default' must be a duration such as '7d', '26h' or '1d12h', "
          "not '26 hours'");
    CHECK(refusal_of_rest("organisation = \"\"\n") ==
          "config.toml:3: 'source.organisation' must not be empty");
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

TEST_CASE("TOML that is none is refused with its line") {
    CHECK_THAT(refusal_of("[source]\nbase_url = https://gateway.example\n"),
               Catch::Matchers::StartsWith("config.toml:2: error while parsing"));
    CHECK_THAT(refusal_of_rest("[source]\n"), Catch::Matchers::StartsWith("config.toml:3: "));
    const std::string error = refusal_of_rest("retries = \n");
    CHECK_THAT(error, Catch::Matchers::StartsWith("config.toml:3: "));
    CHECK(error.find('\n') == std::string::npos);
    CHECK(error.back() != '.');
}
