#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

/// The compiled file (TZif) of a time zone by its IANA name; nullopt when there is none. It comes
/// from the system. On a system without zone files it comes from a folder `zoneinfo` beside the
/// program, or else from the program itself.
std::optional<std::string> zone_file(std::string_view name);

/// The names of all zones, aliases included; empty when the system has no zone data.
std::vector<std::string> zone_names();

/// The version of the zone data, such as `2025b`; "" when it is unknown.
std::string zone_data_version();

/// Whether a text has the form of a zone's name. No other text is used as a part of a path.
inline bool is_zone_name(std::string_view name) {
    const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    const auto plain = [&](char c) {
        return capital(c) || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '-' || c == '+' || c == '/';
    };
    return !name.empty() && capital(name.front()) && std::ranges::all_of(name, plain);
}

} // namespace tidemark
