#include "config/config.hpp"

#include "config/sections.hpp"
#include "config/text_file.hpp"
#include "config/toml_document.hpp"
#include "error.hpp"
#include "platform/path_text.hpp"
#include "text/did_you_mean.hpp"

#include <fmt/format.h>

#include <system_error>

namespace tidemark {
namespace {

constexpr std::size_t most_config_bytes = 1U << 20U;

Keys<Config> all_keys() {
    return {
        table_key("source", &Config::source, source_keys()),
        table_key("warehouse", &Config::warehouse, warehouse_keys()),
        table_key("sync", &Config::sync, sync_keys()),
        table_key("attribution", &Config::attribution, attribution_keys()),
        freshness_key(),
        schedule_key(),
        table_key("archive", &Config::archive, archive_keys()),
        table_key("metrics", &Config::metrics, metrics_keys()),
        table_key("ping", &Config::ping, ping_keys()),
        table_key("alert", &Config::alert, alert_keys()),
        table_key("report", &Config::report, report_keys()),
    };
}

} // namespace

Config load_config(const std::filesystem::path& file, bool may_lack_rules) {
    const TextFile read = read_text_file(file, most_config_bytes);
    if (read.error.empty()) return parse_config(read.text, file, may_lack_rules);
    std::error_code ignored;
    const auto* advice =
        std::filesystem::exists(file, ignored) ? "" : "; 'tidemark init' writes one";
    throw ConfigError(
        fmt::format("cannot read {}: {}{}", in_quotes(utf8(file)), read.error, advice));
}

namespace {

/// Adds the rules, sources and tests of the included file behind those of the configuration.
void read_included(Config& config, bool may_lack) {
    AttributionConfig& attribution = config.attribution;
    const std::filesystem::path file = *attribution.include;
    std::error_code ignored;
    if (std::filesystem::equivalent(file, config.file, ignored)) {
        throw ConfigError(fmt::format("{}: 'attribution.include' names this file itself; it takes "
                                      "a further file with rules",
                                      utf8(file)));
    }
    if (may_lack && !std::filesystem::exists(file, ignored)) {
        attribution.include_is_missing = true;
        return;
    }
    const TextFile read = read_text_file(file, most_config_bytes);
    if (!read.error.empty()) {
        const auto* advice = std::filesystem::exists(file, ignored)
                                 ? ""
                                 : "; 'tidemark messages --learn --write FILE' writes one";
        throw ConfigError(fmt::format("cannot read {}, which attribution.include names: {}{}",
                                      in_quotes(utf8(file)), read.error, advice));
    }
    const TomlValue document = read_document(read.text, utf8(file));
    const Field root{file, "", document};
    Config part;
    part.attribution = std::move(attribution);
    read_table(root, {table_key("attribution", &Config::attribution, included_keys())}, part);
    attribution = std::move(part.attribution);
}

} // namespace

Config parse_config(std::string_view text, const std::filesystem::path& file, bool may_lack_rules) {
    const TomlValue document = read_document(text, utf8(file));
    const Field root{file, "", document};
    Config config;
    config.file = file;
    config.warehouse.base = file.parent_path();
    read_table(root, all_keys(), config);
    check_source(root, config.source);
    if (config.attribution.include) read_included(config, may_lack_rules);
    return config;
}

std::vector<std::string> config_keys() { return dotted_names(all_keys()); }

namespace {

bool is_tabular(const TomlValue& value) {
    if (std::holds_alternative<ValueTable>(value.content)) return true;
    const auto* list = std::get_if<ValueList>(&value.content);
    return list != nullptr && !list->empty() &&
           std::holds_alternative<ValueTable>(list->front().content);
}

/// Whether someone wanted to write a secret itself into the file.
bool names_a_secret(std::string_view key) {
    std::string plain = lower_case(key);
    std::erase_if(plain, [](char c) { return c == '_' || c == '-'; });
    return plain == "apikey" || plain == "key" || plain == "token" || plain == "secret" ||
           plain == "password";
}

/// The key of this name that another table knows: ` (did you mean 'source.base_url'?)`.
std::string elsewhere(const std::string& name) {
    for (const std::string& key : config_keys()) {
        if (key.ends_with("." + name)) return fmt::format(" (did you mean '{}'?)", key);
    }
    return " (config.example.toml names every key)";
}

std::string advice(const std::string& key, const std::vector<std::string>& siblings) {
    if (names_a_secret(key)) {
        return " (no secret stands in this file: the API key comes from 'source.api_key_env' or "
               "'source.api_key_file', a database's password from PGPASSWORD or a passfile)";
    }
    const std::string near = did_you_mean(key, siblings);
    return near.empty() ? elsewhere(key) : near;
}

} // namespace

void fail_unknown(const Field& field, const std::string& key,
                  const std::vector<std::string>& siblings) {
    const auto* kind = is_tabular(field.value) ? "table" : "key";
    field.fail(fmt::format("unknown {} '{}'{}", kind, field.path, advice(key, siblings)));
}

void require(const Field& table, std::string_view key) {
    if (find_member(table.value, key) == nullptr) {
        table.fail(fmt::format("'{}.{}' is missing", table.path, key));
    }
}

} // namespace tidemark
