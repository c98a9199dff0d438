#include "config/sections.hpp"
#include "config/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tidemark {
namespace {

/// Does not print what stands there: a URL may hold a password.
std::string read_warehouse_url(const Field& field) {
    constexpr std::string_view sqlite = "sqlite:";
    std::string url = read_text(field);
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

Keys<SyncConfig> sync_keys() {
    return {
        key("lookback", &SyncConfig::lookback, read_lookback),
        key("abandoned_after", &SyncConfig::abandoned_after, read_abandoned_after),
        key("reporting_timezone", &SyncConfig::reporting_timezone, read_zone),
        key("include", &SyncConfig::include, read_texts),
        key("exclude", &SyncConfig::exclude, read_texts),
    };
}

} // namespace tidemark
