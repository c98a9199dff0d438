#include "config/zone_names.hpp"

#include "config/suggest.hpp"

#include <date/tz.h>
#include <fmt/format.h>

#include <stdexcept>
#include <vector>

namespace tidemark {
namespace {

std::vector<std::string> zone_names() {
    std::vector<std::string> names;
    try {
        for (const auto& zone : date::get_tzdb().zones)
            names.push_back(zone.name());
    } catch (const std::runtime_error&) {
        return {};
    }
    return names;
}

std::string city_of(const std::string& zone) { return zone.substr(zone.rfind('/') + 1); }

/// `Copenhagen` is what people call `Europe/Copenhagen`.
std::string zone_of_city(std::string_view city, const std::vector<std::string>& zones) {
    const std::string wanted = lower_case(city);
    for (const std::string& zone : zones) {
        if (lower_case(city_of(zone)) == wanted) return zone;
    }
    return "";
}

} // namespace

std::string suggest_zone(std::string_view unknown) {
    const auto zones = zone_names();
    if (zones.empty()) return " (is the system's time zone data, tzdata, installed?)";
    const std::string zone = zone_of_city(unknown, zones);
    if (!zone.empty()) return fmt::format(" (did you mean '{}'?)", zone);
    const std::string nearest = did_you_mean(unknown, zones);
    return nearest.empty() ? " (use an IANA name such as 'Europe/Copenhagen')" : nearest;
}

} // namespace tidemark
