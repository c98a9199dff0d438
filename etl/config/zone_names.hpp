#pragma once

#include <string>
#include <string_view>

namespace tidemark {

/// What to do about a time zone that the system does not know: ` (did you mean
/// 'Europe/Copenhagen'?)`, or a word on installing the zone data.
std::string suggest_zone(std::string_view unknown);

} // namespace tidemark
