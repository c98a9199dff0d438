#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tidemark {
/// Reads a duration: seconds (`12`, `12.5`, `12,5`), `mm:ss` or `hh:mm:ss`, with or without a
/// fraction. nullopt for anything else, and for a year or more.
std::optional<std::chrono::microseconds> parse_seconds(std::string_view text);

/// Reads a count in the format of any culture: digits, or groups of three digits with one separator
/// between them (`,` `.` `'` `’`, a space, a no-break space). nullopt for anything else, such as
/// `1.5`.
std::optional<std::int64_t> parse_row_count(std::string_view text);

} // namespace tidemark
