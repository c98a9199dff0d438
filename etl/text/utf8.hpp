#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tidemark {
/// Whether a byte is one of ASCII's control characters.
constexpr bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

/// Whether a byte is white space to JSON.
constexpr bool is_json_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

/// The text as valid UTF-8: each byte that belongs to no valid character becomes U+FFFD.
std::string valid_utf8(std::string_view bytes);

/// The text in a form that both databases can store: valid UTF-8 in which NUL, too, is replaced by
/// U+FFFD.
std::string storable(std::string_view bytes);

/// The same for JSON text that is valid UTF-8: escapes of NUL and of unpaired surrogates become
/// U+FFFD.
std::string storable_json(std::string_view json);

/// JSON text in which each unescaped control character within a string is replaced by its escape. A
/// control character after a backslash stays: JSON has no such escape.
std::string with_controls_escaped(std::string_view json);

/// The content of a JSON string with valid escapes, given without its quotes, in the form of
/// `storable`.
std::string storable_unescaped(std::string_view json);

/// Whether each backslash within JSON text begins a valid escape. Unpaired surrogates count as
/// valid.
bool has_valid_escapes(std::string_view json);

/// The position after the closing quote of the JSON string that begins at `place`; the text's size
/// when the string is not closed.
std::size_t past_json_string(std::string_view json, std::size_t place);

/// Whether the text is a number of JSON, of any size.
bool is_json_number(std::string_view text);

/// Whether everything that reads JSON numbers can read this one: PostgreSQL's `jsonb` ends at
/// 131072 digits, others at those of a double.
bool is_usual_number(std::string_view text);

/// The longest name that the indexes of both databases can hold, in bytes.
constexpr std::size_t most_name_bytes = 512;

/// A name that the indexes of both databases can hold. A name of more than `most_name_bytes` bytes
/// is cut and gets a hash of the whole name at its end, so that two long names with the same
/// beginning stay different.
std::string storable_name(std::string_view name);

/// The longest beginning of at most `max_bytes` bytes that does not split a UTF-8 character.
std::string_view cut_at_character(std::string_view text, std::size_t max_bytes);

/// For a line: the text, or its longest beginning of at most `max_bytes` bytes with `…` behind it.
std::string shortened(std::string_view text, std::size_t max_bytes);

/// The XXH3 hash of some bytes, from a seed. It is the same on every machine, so it may be stored.
std::uint64_t hash_of(std::string_view bytes, std::uint64_t seed = 0);

/// `hash_of` as 16 hexadecimal digits.
std::string hash_text(std::string_view bytes);

/// The text with `characters`, some of `&<>"'`, replaced by the entities of HTML and XML: `&lt;`.
std::string with_entities(std::string_view text, std::string_view characters);

/// The text for an error message: on one line, in single quotes, cut after `max_bytes` with `…`.
std::string quoted(std::string_view bytes, std::size_t max_bytes = 80);

} // namespace tidemark

/// The kinds of bytes in a message. All bytes of UTF-8 characters beyond ASCII count as letters.
namespace tidemark::bytes {
constexpr std::uint8_t digit = 1;
constexpr std::uint8_t hex = 2;    ///< a hexadecimal digit
constexpr std::uint8_t letter = 4; ///< the underscore too
constexpr std::uint8_t space = 8;
constexpr std::uint8_t not_hex = 16; ///< a letter that is no hexadecimal digit
constexpr std::uint8_t word = digit | letter;

constexpr std::array<std::uint8_t, 256> table = [] {
    std::array<std::uint8_t, 256> kinds{};
    for (std::size_t c = 0; c < kinds.size(); ++c) {
        const bool is_digit = c >= '0' && c <= '9';
        const bool is_hex_letter = (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        const bool is_letter =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
        if (is_digit) kinds[c] = digit | hex;
        if (is_letter) kinds[c] = letter | (is_hex_letter ? hex : not_hex);
        if (c == ' ' || (c >= '\t' && c <= '\r')) kinds[c] = space;
    }
    return kinds;
}();

constexpr std::uint8_t kind(char c) { return table[static_cast<unsigned char>(c)]; }
constexpr bool is(char c, std::uint8_t kinds) { return (kind(c) & kinds) != 0; }

/// The byte at a position; NUL after the end.
constexpr char at(std::string_view text, std::size_t place) {
    return place < text.size() ? text[place] : '\0';
}

/// The end of the run of bytes of these kinds that begins at `place`.
constexpr std::size_t end_of(std::string_view text, std::size_t place, std::uint8_t kinds) {
    while (place < text.size() && is(text[place], kinds))
        ++place;
    return place;
}

} // namespace tidemark::bytes
