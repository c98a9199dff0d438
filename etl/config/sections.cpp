#include "config/sections.hpp"

#include "platform/event_log.hpp"
#include "text/did_you_mean.hpp"
#include "text/url.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace tidemark {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string read_base_url(const Field& field) {
    std::string url = read_text(field);
    if (const auto error = base_url_error(url)) {
        field.fail(fmt::format("'{}' {}", field.path, *error));
    }
    while (url.ends_with('/'))
        url.pop_back();
    return url;
}

/// Does not print it: who knows the URL of a ping or a webhook can send one.
std::string read_secret_url(const Field& field) {
    std::string url = read_text(field);
    if (!url.starts_with("https://") && !url.starts_with("http://"))
        field.fail(fmt::format("'{}' must begin with 'https://' or 'http://'", field.path));
    return url;
}

/// Does not print what stands there: it may be the key itself.
std::string read_variable_name(const Field& field) {
    std::string name = read_text(field);
    const auto allowed = [](char c) { return is_letter(c) || is_digit(c); };
    if (is_digit(name.front()) || !std::all_of(name.begin(), name.end(), allowed)) {
        field.fail(fmt::format("'{}' must be the name of an environment variable, not the key",
                               field.path));
    }
    return name;
}

std::string read_header_name(const Field& field) {
    std::string name = read_text(field);
    const auto allowed = [](char c) {
        return is_letter(c) || is_digit(c) ||
               std::string_view{"!#$%&'*+-.^`|~"}.find(c) != std::string_view::npos;
    };
    if (!std::all_of(name.begin(), name.end(), allowed)) {
        field.fail(fmt::format("'{}' must be the name of a header, such as 'apiKey'", field.path));
    }
    return name;
}

auto integer_between(std::int64_t least, std::int64_t most) {
    return [=](const Field& field) { return static_cast<int>(read_integer(field, least, most)); };
}

std::chrono::seconds read_timeout(const Field& field) {
    return std::chrono::seconds{read_integer(field, 1, 86400)};
}

std::chrono::seconds read_tolerance(const Field& field) {
    return read_duration(field, std::chrono::seconds{0});
}

auto size_up_to(std::uint64_t most) {
    return [most](const Field& field) { return read_size(field, most); };
}

std::int64_t read_code(const Field& field) { return read_integer(field); }

/// The code of a state.
SectionKey<SourceConfig> state_key(std::string name, std::int64_t StateMap::*member) {
    return {std::move(name), [member](const Field& field, SourceConfig& source) {
                source.states.*member = read_code(field);
            }};
}

Keys<SourceConfig> state_keys() {
    return {state_key("none", &StateMap::none), state_key("running", &StateMap::running),
            state_key("completed", &StateMap::completed), state_key("failed", &StateMap::failed),
            key("confirmed", &SourceConfig::states_confirmed, read_boolean)};
}

/// Fails at the line of a state whose code another state has too, by default or not.
void check_states(const Field& states, const StateMap& map) {
    const std::array<std::pair<std::string_view, std::int64_t>, 4> codes = {
        {{"none", map.none},
         {"running", map.running},
         {"completed", map.completed},
         {"failed", map.failed}}};
    for (const Member& member : read_members(states)) {
        const auto* code = std::get_if<std::int64_t>(&member.value.content);
        for (const auto& [name, other] : codes) {
            if (name == member.key || code == nullptr || *code != other) continue;
            states.at(member).fail(fmt::format("'{}.{}' has the code {}, which '{}.{}' has too",
                                               states.path, member.key, *code, states.path, name));
        }
    }
}

SectionKey<SourceConfig> states_key() {
    return {"states",
            [](const Field& field, SourceConfig& source) {
                read_table(field, state_keys(), source);
                check_states(field, source.states);
            },
            dotted_names(state_keys())};
}

} // namespace

Keys<SourceConfig> source_keys() {
    constexpr std::uint64_t largest_response = 1ULL << 50U;
    constexpr std::uint64_t largest_execution = 2ULL << 30U; // the JSON parser's limit is 4 GiB
    return {
        key("organisation", &SourceConfig::organisation, read_name),
        key("base_url", &SourceConfig::base_url, read_base_url),
        key("api_key_env", &SourceConfig::api_key_env, read_variable_name),
        key("api_key_file", &SourceConfig::api_key_file, read_path),
        key("api_key_header", &SourceConfig::api_key_header, read_header_name),
        key("timezone", &SourceConfig::timezone, read_zone),
        key("max_concurrent_requests", &SourceConfig::max_concurrent_requests,
            integer_between(1, 32)),
        key("retries", &SourceConfig::retries, integer_between(0, 20)),
        key("connect_timeout_s", &SourceConfig::connect_timeout, read_timeout),
        key("stall_timeout_s", &SourceConfig::stall_timeout, read_timeout),
        key("max_response_bytes", &SourceConfig::max_response_bytes, size_up_to(largest_response)),
        key("max_execution_bytes", &SourceConfig::max_execution_bytes,
            size_up_to(largest_execution)),
        key("clock_tolerance", &SourceConfig::clock_tolerance, read_tolerance),
        key("proxy", &SourceConfig::proxy, read_text),
        key("ca_file", &SourceConfig::ca_file, read_path),
        key("allow_http", &SourceConfig::allow_http, read_boolean),
        key("allow_execute", &SourceConfig::allow_execute, read_boolean),
        states_key(),
    };
}

void check_source(const Field& root, const SourceConfig& source) {
    const TomlValue* table = find_member(root.value, "source");
    const TomlValue* url = table == nullptr ? nullptr : find_member(*table, "base_url");
    if (url == nullptr) {
        const Field place{root.file, "source", table == nullptr ? root.value : *table};
        place.fail("'source.base_url' is missing (the address of the jobs API, such as "
                   "'https://gateway.example')");
    }
    if (source.allow_http) return;
    const Field place{root.file, "source.base_url", *url};
    if (is_open_http(source.base_url)) {
        place.fail("'source.base_url' is plain http to another host, which would show the key to "
                   "everyone on the way (use https, or set 'source.allow_http' to true)");
    }
    if (is_open_http(source.base_url, source.proxy.value_or(""))) {
        place.fail(
            "'source.base_url' is plain http, and 'source.proxy' is on another host: the key "
            "would be shown to everyone on the way there (leave the proxy out, or set "
            "'source.allow_http' to true)");
    }
}

namespace {

/// Does not print what stands there: a URL may hold a password.
std::string read_warehouse_url(const Field& field) {
    constexpr std::string_view sqlite = "sqlite:";
    std::string url = read_text(field);
    if (url == "sqlite::memory:") {
        field.fail(fmt::format(
            "'{}' names no file: what is in memory is gone when the program ends", field.path));
    }
    if (url == sqlite) field.fail(fmt::format("'{}' names no file", field.path));
    for (const std::string_view scheme :
         {sqlite, std::string_view{"postgresql://"}, std::string_view{"postgres://"}}) {
        if (url.starts_with(scheme)) return url;
    }
    field.fail(fmt::format("'{}' must begin with 'sqlite:' or 'postgresql://'", field.path));
}

std::string read_schema(const Field& field) {
    constexpr std::size_t longest = 63;
    std::string name = read_text(field);
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_';
    };
    const bool starts_with_digit = name.front() >= '0' && name.front() <= '9';
    if (starts_with_digit || name.size() > longest ||
        !std::all_of(name.begin(), name.end(), allowed)) {
        field.fail(fmt::format("'{}' must be letters, digits and '_', at most {} and no digit "
                               "first, not {}",
                               field.path, longest, in_quotes(name)));
    }
    return name;
}

bool read_migrate(const Field& field) {
    const std::string text = read_text(field);
    if (text != "auto" && text != "manual") {
        field.fail(fmt::format("'{}' must be 'auto' or 'manual', not {}{}", field.path,
                               in_quotes(text), did_you_mean(text, {"auto", "manual"})));
    }
    return text == "auto";
}

std::chrono::seconds read_lookback(const Field& field) {
    return read_duration(field, std::chrono::seconds{0});
}

std::chrono::seconds read_abandoned_after(const Field& field) {
    return read_duration(field, std::chrono::seconds{1});
}

} // namespace

Keys<WarehouseConfig> warehouse_keys() {
    return {
        key("url", &WarehouseConfig::url, read_warehouse_url),
        key("schema", &WarehouseConfig::schema, read_schema),
        key("migrate", &WarehouseConfig::migrate_by_itself, read_migrate),
    };
}

Keys<ArchiveConfig> archive_keys() { return {key("dir", &ArchiveConfig::dir, read_path)}; }

Keys<MetricsConfig> metrics_keys() {
    return {key("textfile", &MetricsConfig::textfile, read_path)};
}

Keys<PingConfig> ping_keys() {
    return {
        key("url", &PingConfig::url, read_secret_url),
        key("timeout_s", &PingConfig::timeout,
            [](const Field& field) { return std::chrono::seconds{read_integer(field, 1, 60)}; }),
    };
}

namespace {

AlertFormat read_alert_format(const Field& field) {
    const std::string text = read_text(field);
    if (text == "json") return AlertFormat::json;
    if (text == "slack") return AlertFormat::slack;
    if (text == "teams") return AlertFormat::teams;
    field.fail(fmt::format("'{}' must be 'json', 'slack' or 'teams', not {}{}", field.path,
                           in_quotes(text), did_you_mean(text, {"json", "slack", "teams"})));
}

std::chrono::seconds read_patience(const Field& field) {
    return std::chrono::seconds{read_integer(field, 1, 60)};
}

bool read_eventlog(const Field& field) {
    const bool wanted = read_boolean(field);
    if (wanted && !has_event_log()) {
        field.fail(fmt::format("'{}' needs the event log of Windows, which this system lacks; use "
                               "'alert.command' or 'alert.webhook'",
                               field.path));
    }
    return wanted;
}

} // namespace

Keys<AlertConfig> alert_keys() {
    return {
        key("command", &AlertConfig::command, read_text),
        key("webhook", &AlertConfig::webhook, read_secret_url),
        key("webhook_file", &AlertConfig::webhook_file, read_path),
        key("webhook_env", &AlertConfig::webhook_env, read_variable_name),
        key("format", &AlertConfig::format, read_alert_format),
        key("timeout_s", &AlertConfig::timeout, read_patience),
        key("eventlog", &AlertConfig::eventlog, read_eventlog),
    };
}

Keys<ReportConfig> report_keys() { return {key("file", &ReportConfig::file, read_path)}; }

Keys<SyncConfig> sync_keys() {
    return {
        key("lookback", &SyncConfig::lookback, read_lookback),
        key("abandoned_after", &SyncConfig::abandoned_after, read_abandoned_after),
        key("reporting_timezone", &SyncConfig::reporting_timezone, read_zone),
        key("include", &SyncConfig::include, read_names),
        key("exclude", &SyncConfig::exclude, read_names),
    };
}

} // namespace tidemark
