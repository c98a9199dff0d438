#pragma once

#include "model/time.hpp"

#include <optional>
#include <string_view>

namespace tidemark {

/// A timestamp of the API's, read.
struct ApiTime {
    std::optional<Timestamp> moment; ///< null for "no time"
    bool by_zone = false; ///< it carries neither `Z` nor an offset, so that the zone held
};

/// Reads ISO 8601 as .NET writes it: 0 to 9 fraction digits (cut off after six), `T` or a space,
/// then `Z`, an offset (`+02:00`, `+0200`, `+02`) or nothing, in which case `zone` holds. The first
/// and the last day of the years 1 to 9999 are no time: .NET's MinValue and MaxValue, in whichever
/// zone they were written. Returns nullopt for anything else, impossible dates included.
std::optional<ApiTime> parse_api_time(std::string_view text, const TimeZone& zone);

} // namespace tidemark
