#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tidemark {
/// Reads a duration as programs print it: seconds (`12`, `12.5`, `12,5`) or `mm:ss` and `hh:mm:ss`,
/// their seconds perhaps with a fraction. nullopt for anything else, and for a year or more.
std::optional<std::chrono::microseconds> parse_seconds(std::string_view text);

/// Reads a count as programs of any culture print it: digits, perhaps in groups of three with one
/// and the same separator between them (`,` `.` `'` `’`, a space, a no-break space). nullopt for
/// anything else: `1.5` is no count.
std::optional<std::int64_t> parse_row_count(std::string_view text);

} // namespace tidemark
