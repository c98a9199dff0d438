#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace simulator {

/// A moment in UTC, to the nanosecond, so that bodies can show nine fraction digits.
using Moment = std::chrono::sys_time<std::chrono::nanoseconds>;

/// Reads `2026-10-09`, `2026-10-09T03:00` or `2026-10-09T03:00:00.5`, always UTC, a `Z` allowed.
/// Throws std::invalid_argument for anything else.
Moment parse_moment(std::string_view text);

/// `2026-10-09T03:00:00Z`, whole seconds.
std::string to_text(Moment moment);

} // namespace simulator
