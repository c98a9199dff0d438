#include "config/config.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

using tidemark::Config;

namespace {

const std::filesystem::path example = TIDEMARK_REPOSITORY "/config.example.toml";

/// The example with its optional settings on: those behind a # without a space.
std::string uncommented() {
    std::ifstream stream{example};
    std::string text;
    for (std::string line; std::getline(stream, line);) {
        const bool off = line.size() > 1 && line[0] == '#' && line[1] != ' ';
        text += line.substr(off ? 1 : 0) + "\n";
    }
    return text;
}

/// What `[table]` or `[[table]]` opens; "" for another line.
std::string table_of(const std::string& line) {
    if (!line.starts_with('[')) return "";
    const auto first = line.find_first_not_of('[');
    return line.substr(first, line.find(']') - first);
}

/// Every dotted key of the text.
std::vector<std::string> keys_in(const std::string& text) {
    std::vector<std::string> keys;
    std::string table;
    std::istringstream stream{text};
    for (std::string line; std::getline(stream, line);) {
        if (const auto opened = table_of(line); !opened.empty()) table = opened;
        const auto equals = line.find(" = ");
        if (equals != std::string::npos && !line.starts_with('#')) {
            keys.push_back(table + "." + line.substr(0, equals));
        }
        if (table == "attribution.sources" || table == "attribution.known" || table == "schedule")
            keys.push_back(table);
    }
    return keys;
}

} // namespace

TEST_CASE("The example loads as it is") {
    const Config config = tidemark::load_config(example);
    CHECK(config.source.base_url == "https://gateway.example");
    CHECK(config.attribution.rules.empty());
}

TEST_CASE("The example loads with every optional setting on") {
    const Config config = tidemark::parse_config(uncommented(), example, true);
    CHECK(config.source.proxy == "http://proxy.example:3128");
    CHECK(config.sync.exclude.size() == 1);
}

TEST_CASE("The example names every key") {
    const auto named = keys_in(uncommented());
    for (const std::string& key : tidemark::config_keys()) {
        CAPTURE(key);
        CHECK(std::find(named.begin(), named.end(), key) != named.end());
    }
}

TEST_CASE("The example's settings are the defaults") {
    const Config config = tidemark::load_config(example);
    const tidemark::SourceConfig source;
    CHECK(config.source.organisation == source.organisation);
    CHECK(config.source.api_key_env == source.api_key_env);
    CHECK(config.source.api_key_file == source.api_key_file);
    CHECK(config.source.api_key_header == source.api_key_header);
    CHECK(config.source.timezone.name() == source.timezone.name());
    CHECK(config.source.max_concurrent_requests == source.max_concurrent_requests);
    CHECK(config.source.retries == source.retries);
    CHECK(config.source.connect_timeout == source.connect_timeout);
    CHECK(config.source.stall_timeout == source.stall_timeout);
    CHECK(config.source.max_response_bytes == source.max_response_bytes);
    CHECK(config.source.max_execution_bytes == source.max_execution_bytes);
    CHECK(config.source.allow_http == source.allow_http);
    CHECK(config.source.states == source.states);
    CHECK(config.warehouse.url == tidemark::WarehouseConfig{}.url);
    CHECK(config.warehouse.schema == tidemark::WarehouseConfig{}.schema);
    CHECK(config.warehouse.migrate_by_itself == tidemark::WarehouseConfig{}.migrate_by_itself);
    CHECK(config.sync.lookback == tidemark::SyncConfig{}.lookback);
    CHECK(config.sync.abandoned_after == tidemark::SyncConfig{}.abandoned_after);
    CHECK(config.sync.reporting_timezone.name() == "UTC");
}

TEST_CASE("The keys that a configuration may hold are listed with their tables") {
    const auto keys = tidemark::config_keys();
    const auto has = [&](const std::string& key) {
        return std::count(keys.begin(), keys.end(), key) == 1;
    };
    CHECK(keys.size() >= 56);
    CHECK(has("source.base_url"));
    CHECK(has("source.states.none"));
    CHECK(has("warehouse.migrate"));
    CHECK(has("sync.exclude"));
    CHECK(has("attribution.rule.name"));
    CHECK(has("attribution.sources"));
    CHECK(has("attribution.convention.pattern"));
    CHECK(has("freshness.default"));
    CHECK_FALSE(has("source.states"));
}
