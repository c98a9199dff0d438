#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

/// The compiled file (TZif) of a time zone by its IANA name; nullopt when there is none. They are
/// the system's; where a system has none, the program's own, unless a folder `zoneinfo` beside it
/// holds the zone.
std::optional<std::string> zone_file(std::string_view name);

/// The names of all zones, links included; none where the system lacks its zone data.
std::vector<std::string> zone_names();

/// Of the zone data, such as `2025b`; "" where nothing tells it.
std::string zone_data_version();

/// Whether the name can be a zone's; no other one is made a path.
bool is_zone_name(std::string_view name);

} // namespace tidemark
