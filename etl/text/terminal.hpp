#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tidemark {
/// Text as it may go to a terminal: what came from outside and would do something there becomes
/// visible (`\n`, `\x1b`, `\u202e`): control characters, escape sequences, line breaks, changes of
/// the writing direction, and bytes that are no UTF-8.
std::string printable(std::string_view text);

/// The same, of text that may have several lines: tabs and line breaks stay, the latter as `\n`.
std::string printable_lines(std::string_view text);

/// JSON as it may go to a terminal: it means the same, with JSON's own escapes.
std::string printable_json(std::string_view json);

/// How many columns a terminal needs for UTF-8 text: wide characters and emoji need two, what is
/// joined to the character before it none.
std::size_t display_width(std::string_view text);

/// The text, or as much of it as fits into so many columns with `…` at its end.
std::string cut_to_width(std::string_view text, std::size_t columns);

/// `1.2 GB`, `34 kB`, `7 B`.
std::string human_bytes(double bytes);

/// `3.2 s`, `4 min 5 s`, `2 h 3 min`.
std::string human_seconds(double seconds);

/// `1 job`, `5 jobs`.
std::string count_of(long long number, std::string_view noun);

/// A text as one word of a POSIX shell: `'it'\''s'`.
inline std::string shell_word(std::string_view text) {
    std::string word = "'";
    for (const char c : text)
        word += c == '\'' ? std::string{"'\\''"} : std::string{c};
    return word + "'";
}

} // namespace tidemark
