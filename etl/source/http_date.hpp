#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace tidemark {

/// Reads a date of an HTTP header in any of its three forms; nullopt when it is none.
std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view value);

} // namespace tidemark
