#pragma once

#include "model/time.hpp"

#include <optional>
#include <string_view>

namespace tidemark {

/// A timestamp of the API.
struct ApiTime {
    std::optional<Timestamp> moment; ///< null for "no time"
    bool by_zone = false;            ///< it has neither `Z` nor an offset, so the zone was applied
};

/// Reads ISO 8601 as .NET writes it: 0 to 9 fraction digits (cut off after six), `T` or a space,
/// then `Z`, an offset (`+02:00`, `+0200`, `+02`) or nothing; without both, the time is in `zone`.
/// The first and the last day of the years 1 to 9999 mean "no time": they are MinValue and MaxValue
/// of .NET in any zone. Returns nullopt for anything else, impossible dates included.
std::optional<ApiTime> parse_api_time(std::string_view text, const TimeZone& zone);

} // namespace tidemark
