#include "config/config.hpp"
#include "error.hpp"
#include "support/catch.hpp"

#include <fstream>

using namespace std::chrono_literals;
using tidemark::Config;
using tidemark::parse_config;
using tidemark::TaskOutcome;

namespace {

Config parsed(std::string_view rest) {
    std::string text = "[source]\nbase_url = \"https://gateway.example\"\n";
    return parse_config(text.append(rest), "/etc/tidemark/config.toml");
}

} // namespace

TEST_CASE("A base URL is all that a configuration needs") {
    const Config config = parsed("");
    CHECK(config.file == "/etc/tidemark/config.toml");
    CHECK(config.source.organisation == "default");
    CHECK(config.source.base_url == "https://gateway.example");
    CHECK(config.source.api_key_env == "TIDEMARK_API_KEY");
    CHECK_FALSE(config.source.api_key_file);
    CHECK(config.source.retries == 5);
    CHECK(config.source.max_execution_bytes == 33'554'432U);
    CHECK(config.source.states == tidemark::StateMap{});
    CHECK(config.warehouse.url == "sqlite:tidemark.db");
    CHECK(config.warehouse.base == "/etc/tidemark");
    CHECK(config.warehouse.migrate_by_itself);
    CHECK(config.sync.lookback == 168h);
    CHECK(config.sync.include.empty());
    CHECK(config.attribution.rules.empty());
    CHECK_FALSE(config.freshness.by_default);
}

TEST_CASE("Every key of [source] is read") {
    const Config config = parsed(R"(
organisation = "Contoso"
api_key_env = "CONTOSO_KEY"
api_key_file = "secret/key"
api_key_header = "X-Api-Key"
timezone = "Europe/Copenhagen"
max_concurrent_requests = 32
retries = 0
connect_timeout_s = 1
stall_timeout_s = 86400
max_response_bytes = "500MB"
max_execution_bytes = 1024
proxy = "http://proxy.example:3128"
ca_file = "/etc/ssl/ca.pem"
allow_http = true
[source.states]
none = 0
running = 1
completed = 2
failed = 3
)");
    const auto& source = config.source;
    CHECK(source.organisation == "Contoso");
    CHECK(source.api_key_env == "CONTOSO_KEY");
    CHECK(source.api_key_file.value() == "/etc/tidemark/secret/key");
    CHECK(source.api_key_header == "X-Api-Key");
    CHECK(source.timezone.name() == "Europe/Copenhagen");
    CHECK(source.max_concurrent_requests == 32);
    CHECK(source.retries == 0);
    CHECK(source.connect_timeout == 1s);
    CHECK(source.stall_timeout == 24h);
    CHECK(source.max_response_bytes == 500'000'000U);
    CHECK(source.max_execution_bytes == 1024U);
    CHECK(source.proxy.value() == "http://proxy.example:3128");
    CHECK(source.ca_file.value() == "/etc/ssl/ca.pem");
    CHECK(source.allow_http);
    CHECK(source.states == tidemark::StateMap{0, 1, 2, 3});
}

TEST_CASE("Every key of [warehouse] and [sync] is read") {
    const Config config = parsed(R"(
[warehouse]
url = "postgres://etl@db.example/history"
schema = "Jobs_2"
migrate = "manual"
[sync]
lookback = "0d"
abandoned_after = "1d12h"
reporting_timezone = "America/New_York"
include = ["Nightly*", "d9854698-cd42-487b-8202-8683afa39b92"]
exclude = ["*test*"]
)");
    CHECK(config.warehouse.url == "postgres://etl@db.example/history");
    CHECK(config.warehouse.schema == "Jobs_2");
    CHECK_FALSE(config.warehouse.migrate_by_itself);
    CHECK(config.sync.lookback == 0s);
    CHECK(config.sync.abandoned_after == 36h);
    CHECK(config.sync.reporting_timezone.name() == "America/New_York");
    CHECK(config.sync.include ==
          std::vector<std::string>{"Nightly*", "d9854698-cd42-487b-8202-8683afa39b92"});
    CHECK(config.sync.exclude == std::vector<std::string>{"*test*"});
}

TEST_CASE("Rules and conventions keep the order of the file and know their lines") {
    const Config config = parsed(R"toml([[attribution.rule]]
name = "second letter"
pattern = "b(?P<task>.+)"
outcome = "failed"
[[attribution.rule]]
pattern = "a(?P<task>.+) (?P<rows>.*) (?P<error>.*) (?P<source>.*)"
[[attribution.convention]]
pattern = "z(?P<source>.+)"
[[attribution.convention]]
pattern = "y(?P<source>.+)"
[attribution.sources]
"Load 'GL'" = "Finance"
)toml");
    const auto& [rules, sources, conventions, known, tests, failure_words, include, missing] =
        config.attribution;
    REQUIRE(rules.size() == 2);
    CHECK(rules[0].name == "second letter");
    CHECK(rules[0].pattern == "b(?P<task>.+)");
    CHECK(rules[0].outcome == TaskOutcome::failed);
    CHECK(rules[0].line == 5);
    CHECK(rules[1].name == "rule 2");
    CHECK_FALSE(rules[1].outcome);
    CHECK(rules[1].line == 8);
    REQUIRE(conventions.size() == 2);
    CHECK(conventions[0].pattern == "z(?P<source>.+)");
    CHECK(conventions[1].line == 12);
    REQUIRE(sources.size() == 1);
    CHECK(sources[0].task == "Load 'GL'");
    CHECK(sources[0].source == "Finance");
    CHECK_FALSE(sources[0].job);
    CHECK(known.empty());
    CHECK(tests.empty());
    CHECK(failure_words == tidemark::default_failure_words());
    CHECK_FALSE(include);
    CHECK_FALSE(missing);
}

TEST_CASE("A rule may be narrowed to severities and a job, and says what kind of task it names") {
    const auto rules = parsed(R"toml([[attribution.rule]]
pattern = "a(?P<task>.+) (?P<seconds>.*)"
severity = 2
job = "Prod*"
kind = "import metadata"
[[attribution.rule]]
pattern = "b(?P<task>.+)"
severity = [2, -3]
)toml")
                           .attribution.rules;
    REQUIRE(rules.size() == 2);
    CHECK(rules[0].severities == std::vector<std::int64_t>{2});
    CHECK(rules[0].job == "Prod*");
    CHECK(rules[0].kind == tidemark::TaskKind::import_metadata);
    CHECK(rules[1].severities == std::vector<std::int64_t>{2, -3});
    CHECK_FALSE(rules[1].job);
    CHECK(rules[1].kind == tidemark::TaskKind::transfer);
}

TEST_CASE("An explicit source may be narrowed to jobs, and known sources have short names") {
    const auto attribution = parsed(R"toml(
[attribution.sources]
"Load" = [{ job = "Prod*", source = "Finance" }, { source = "Elsewhere" }]
[attribution.known]
"Dynamics 365" = ["D365", "DYN365"]
"Axapta" = []
)toml")
                                 .attribution;
    REQUIRE(attribution.sources.size() == 2);
    CHECK(attribution.sources[0].task == "Load");
    CHECK(attribution.sources[0].source == "Finance");
    CHECK(attribution.sources[0].job == "Prod*");
    CHECK(attribution.sources[1].source == "Elsewhere");
    CHECK_FALSE(attribution.sources[1].job);
    REQUIRE(attribution.known.size() == 2);
    CHECK(attribution.known[0].name == "Dynamics 365");
    CHECK(attribution.known[0].short_names == std::vector<std::string>{"D365", "DYN365"});
    CHECK(attribution.known[1].short_names.empty());
}

TEST_CASE("A test of the rules says what it expects, and knows its line") {
    const auto tests = parsed(R"toml([[attribution.test]]
message = "Transfer task 'X' completed, 5 rows"
job = "Prod load"
severity = 2
task = "X"
source = ""
outcome = "succeeded"
rows = 5
kind = "synchronize"
[[attribution.test]]
message = "Job execution started"
matches = false
)toml")
                           .attribution.tests;
    REQUIRE(tests.size() == 2);
    CHECK(tests[0].message == "Transfer task 'X' completed, 5 rows");
    CHECK(tests[0].job == "Prod load");
    CHECK(tests[0].severity == 2);
    CHECK(tests[0].task == "X");
    CHECK(tests[0].source == "");
    CHECK(tests[0].outcome == TaskOutcome::succeeded);
    CHECK(tests[0].rows == 5);
    CHECK(tests[0].kind == tidemark::TaskKind::synchronize);
    CHECK(tests[0].matches);
    CHECK(tests[0].line == 4);
    CHECK_FALSE(tests[1].matches);
    CHECK_FALSE(tests[1].source);
    CHECK(tests[1].line == 13);
}

TEST_CASE("The states can be confirmed by hand") {
    CHECK_FALSE(parsed("").source.states_confirmed);
    CHECK(parsed("[source.states]\nconfirmed = true\n").source.states_confirmed);
}

TEST_CASE("Freshness has a default and data sources of their own") {
    const Config config = parsed("[freshness]\ndefault = \"26h\"\n\"SAP ERP\" = \"90m\"\n"
                                 "\"Old CRM\" = \"never\"\n");
    CHECK(config.freshness.retired == std::set<std::string>{"Old CRM"});
    CHECK(config.freshness.by_default == 26h);
    CHECK(config.freshness.by_source ==
          std::map<std::string, std::chrono::seconds>{{"SAP ERP", 90min}});
}

TEST_CASE("Slashes at the end of the base URL are cut off") {
    const auto base_url = [](const std::string& url) {
        return parse_config("[source]\nbase_url = \"" + url + "\"\n", "c.toml").source.base_url;
    };
    CHECK(base_url("https://gateway.example/") == "https://gateway.example");
    CHECK(base_url("https://gateway.example/api//") == "https://gateway.example/api");
    CHECK(base_url("https://gateway.example:8443/api") == "https://gateway.example:8443/api");
}

TEST_CASE("A byte order mark and Windows line ends are no matter") {
    const Config config = parse_config(
        "\xEF\xBB\xBF[source]\r\nbase_url = \"https://gateway.example\"\r\n", "c.toml");
    CHECK(config.source.base_url == "https://gateway.example");
}

TEST_CASE("A configuration beside the program is relative to the working folder") {
    const Config config = parse_config(
        "source.base_url = \"https://gateway.example\"\nsource.ca_file = \"ca.pem\"", "c.toml");
    CHECK(config.warehouse.base == "");
    CHECK(config.source.ca_file.value() == "ca.pem");
}

TEST_CASE("A file that cannot be read is named with the reason") {
    CHECK_THROWS_MATCHES(
        tidemark::load_config("no-such.toml"), tidemark::ConfigError,
        Catch::Matchers::Message("cannot read 'no-such.toml': No such file or directory; "
                                 "'tidemark init' writes one"));
    CHECK_THROWS_MATCHES(tidemark::load_config("/"), tidemark::ConfigError,
                         Catch::Matchers::Message("cannot read '/': Is a directory"));
}
