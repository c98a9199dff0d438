#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// What a byte of a message can be part of. Bytes of UTF-8 characters beyond ASCII are letters.
namespace tidemark {
/// Whether a byte is one of ASCII's control characters.
constexpr bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

/// Whether a byte is white space to JSON.
constexpr bool is_json_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

/// The text in valid UTF-8: each byte that is no part of a valid character becomes U+FFFD.
std::string valid_utf8(std::string_view bytes);

/// The text as both databases can hold it: valid UTF-8, in which U+FFFD stands for NUL as well.
std::string storable(std::string_view bytes);

/// The same for JSON text that is valid UTF-8: escapes of NUL, and of halves of surrogate pairs
/// that stand alone, become U+FFFD.
std::string storable_json(std::string_view json);

/// JSON text in which each control character that stands in a string as it is gets its escape. One
/// behind a backslash stays: that is no escape of JSON.
std::string with_controls_escaped(std::string_view json);

/// What a JSON string with valid escapes says, given without its quotes; likewise storable.
std::string storable_unescaped(std::string_view json);

/// Whether each backslash within JSON text begins an escape that JSON has. Halves of surrogate
/// pairs are escapes.
bool has_valid_escapes(std::string_view json);

/// Where the JSON string that begins at a place ends, behind its quote; the text's size when it is
/// not closed.
std::size_t past_json_string(std::string_view json, std::size_t place);

/// Whether JSON has this number, however large it is.
bool is_json_number(std::string_view text);

/// So many bytes of a name the databases' indexes can hold.
constexpr std::size_t most_name_bytes = 512;

/// A name as the databases' indexes can hold it: one of more than `most_name_bytes` bytes is cut,
/// and ends in a hash of the whole, so that two that begin alike stay two.
std::string storable_name(std::string_view name);

/// The longest beginning of at most so many bytes that does not cut a UTF-8 character in two.
std::string_view cut_at_character(std::string_view text, std::size_t max_bytes);

/// For an error text: on one line, within single quotes, `…` for what is beyond `max_bytes`.
std::string quoted(std::string_view bytes, std::size_t max_bytes = 80);

} // namespace tidemark

namespace tidemark::bytes {
constexpr std::uint8_t digit = 1;
constexpr std::uint8_t hex = 2;    ///< a hexadecimal digit
constexpr std::uint8_t letter = 4; ///< the underscore too
constexpr std::uint8_t space = 8;
constexpr std::uint8_t not_hex = 16; ///< of a word, but no hexadecimal digit
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

/// The byte at a place, NUL beyond the end.
constexpr char at(std::string_view text, std::size_t place) {
    return place < text.size() ? text[place] : '\0';
}

/// Where the bytes of these kinds that begin at a place end.
constexpr std::size_t end_of(std::string_view text, std::size_t place, std::uint8_t kinds) {
    while (place < text.size() && is(text[place], kinds))
        ++place;
    return place;
}

} // namespace tidemark::bytes
