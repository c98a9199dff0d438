#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tidemark {

/// Text as it may go to a terminal: control characters, escape sequences and line breaks that came
/// from outside become visible (`\n`, `\x1b`).
std::string printable(std::string_view text);

/// How many columns a terminal needs for UTF-8 text: characters, not bytes.
std::size_t display_width(std::string_view text);

/// `1.2 GB`, `34 kB`, `7 B`.
std::string human_bytes(double bytes);

/// `3.2 s`, `4 min 5 s`, `2 h 3 min`.
std::string human_seconds(double seconds);

/// `1 job`, `5 jobs`.
std::string count_of(long long number, std::string_view noun);

} // namespace tidemark
