#pragma once

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {
/// Text that is safe to print to a terminal: control characters, escape sequences, line breaks,
/// changes of the writing direction and bytes of invalid UTF-8 become visible (`\n`, `\x1b`,
/// `\u202e`).
std::string printable(std::string_view text);

/// The same for text of several lines: tabs stay, and each line break becomes one `\n` character.
std::string printable_lines(std::string_view text);

/// JSON that is safe to print to a terminal and has the same value: it uses the escapes of JSON.
std::string printable_json(std::string_view json);

/// How many columns a terminal needs for UTF-8 text: wide characters and emoji need two, characters
/// that combine with the one before them need none.
std::size_t display_width(std::string_view text);

/// The text, cut to at most this many columns, with `…` at its end when it was cut.
std::string cut_to_width(std::string_view text, std::size_t columns);

/// `1.2 GB`, `34 kB`, `7 B`.
std::string human_bytes(double bytes);

/// `3.2 s`, `4 min 5 s`, `2 h 3 min`.
std::string human_seconds(double seconds);

/// `1 job`, `5 jobs`.
std::string count_of(long long number, std::string_view noun);
template <std::integral Number> std::string count_of(Number number, std::string_view noun) {
    return count_of(static_cast<long long>(number), noun);
}

/// The first of some names or sentences: `Finance, CRM and 3 more`.
std::string listed(std::vector<std::string> items, std::size_t most,
                   std::string_view separator = ", ");

/// A text quoted as one word for a POSIX shell: `'it'\''s'`.
inline std::string shell_word(std::string_view text) {
    std::string word = "'";
    for (const char c : text)
        word += c == '\'' ? std::string{"'\\''"} : std::string{c};
    return word + "'";
}

} // namespace tidemark
