#pragma once

#include <cstddef>
#include <string>
#include <string_view>

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

/// What a JSON string with valid escapes says, given without its quotes; likewise storable.
std::string storable_unescaped(std::string_view json);

/// Whether each backslash within JSON text begins an escape that JSON has. Halves of surrogate
/// pairs are escapes.
bool has_valid_escapes(std::string_view json);

/// Whether JSON has this number, however large it is.
bool is_json_number(std::string_view text);

/// A name as the databases' indexes can hold it: one of more than 512 bytes is cut, and ends in a
/// hash of the whole, so that two that begin alike stay two.
std::string storable_name(std::string_view name);

/// The longest beginning of at most so many bytes that does not cut a UTF-8 character in two.
std::string_view cut_at_character(std::string_view text, std::size_t max_bytes);

/// For an error text: on one line, within single quotes, `…` for what is beyond `max_bytes`.
std::string quoted(std::string_view bytes, std::size_t max_bytes = 80);

} // namespace tidemark
