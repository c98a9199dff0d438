#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tidemark {

/// Reads a count as programs of any culture print it: digits, perhaps in groups of three with one
/// and the same separator between them (`,` `.` `'` `’`, a space, a no-break space). nullopt for
/// anything else: `1.5` is no count.
std::optional<std::int64_t> parse_row_count(std::string_view text);

} // namespace tidemark
