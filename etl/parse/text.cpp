#include "parse/text.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

namespace tidemark {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

std::uint8_t byte_at(std::string_view text, std::size_t at) {
    return static_cast<std::uint8_t>(text[at]);
}

bool is_continuation(std::string_view text, std::size_t at) {
    return at < text.size() && (byte_at(text, at) & 0xC0U) == 0x80U;
}

/// How many bytes a character has by its first byte; 0 for a byte that can begin none.
std::size_t length_by_first_byte(std::uint8_t first) {
    if (first < 0x80U) return 1;
    if (first < 0xC2U) return 0;
    if (first < 0xE0U) return 2;
    if (first < 0xF0U) return 3;
    return first < 0xF5U ? 4 : 0;
}

/// Overlong forms, surrogates and what is beyond U+10FFFF show in the first two bytes.
bool begins_badly(std::uint8_t first, std::uint8_t second) {
    return (first == 0xE0U && second < 0xA0U) || (first == 0xEDU && second > 0x9FU) ||
           (first == 0xF0U && second < 0x90U) || (first == 0xF4U && second > 0x8FU);
}

/// The length of the character at `at`; 0 when it is invalid or NUL.
std::size_t character_length(std::string_view text, std::size_t at) {
    const std::uint8_t first = byte_at(text, at);
    if (first == 0) return 0;
    const std::size_t length = length_by_first_byte(first);
    for (std::size_t i = 1; i < length; ++i) {
        if (!is_continuation(text, at + i)) return 0;
    }
    return length > 1 && begins_badly(first, byte_at(text, at + 1)) ? 0 : length;
}

/// The code unit of the escape `\uXXXX` at `at`; nullopt when none stands there.
std::optional<unsigned> code_unit(std::string_view json, std::size_t at) {
    if (json.size() < at + 6 || json[at] != '\\' || json[at + 1] != 'u') return std::nullopt;
    unsigned unit = 0;
    const char* const end = json.data() + at + 6;
    const auto [last, error] = std::from_chars(json.data() + at + 2, end, unit, 16);
    if (error != std::errc{} || last != end) return std::nullopt;
    return unit;
}

bool is_high_surrogate(unsigned unit) { return unit >= 0xD800U && unit <= 0xDBFFU; }
bool is_low_surrogate(unsigned unit) { return unit >= 0xDC00U && unit <= 0xDFFFU; }

/// The length of the escape at `at`, a surrogate pair being one; 0 when it cannot be stored.
std::size_t storable_escape_length(std::string_view json, std::size_t at) {
    const auto unit = code_unit(json, at);
    if (!unit) return 2;
    if (is_high_surrogate(*unit)) {
        const auto second = code_unit(json, at + 6);
        return second && is_low_surrogate(*second) ? 12 : 0;
    }
    return *unit == 0 || is_low_surrogate(*unit) ? 0 : 6;
}

} // namespace

std::string storable(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size());
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t length = character_length(bytes, at);
        text += length == 0 ? replacement : bytes.substr(at, length);
        at += std::max<std::size_t>(length, 1);
    }
    return text;
}

std::string storable_json(std::string_view json) {
    std::string text;
    text.reserve(json.size());
    std::size_t at = 0;
    for (auto escape = json.find('\\'); escape != std::string_view::npos;
         escape = json.find('\\', at)) {
        text += json.substr(at, escape - at);
        const std::size_t length = storable_escape_length(json, escape);
        text += length == 0 ? replacement : json.substr(escape, length);
        at = std::min(escape + (length == 0 ? 6 : length), json.size());
    }
    text += json.substr(at);
    return text;
}

bool has_valid_escapes(std::string_view json) {
    constexpr std::string_view short_escapes = "\"\\/bfnrt";
    for (auto at = json.find('\\'); at != std::string_view::npos; at = json.find('\\', at + 2)) {
        const bool is_short =
            at + 1 < json.size() && short_escapes.find(json[at + 1]) != std::string_view::npos;
        if (!is_short && !code_unit(json, at)) return false;
    }
    return true;
}

std::string_view cut_at_character(std::string_view text, std::size_t max_bytes) {
    if (text.size() <= max_bytes) return text;
    std::size_t end = max_bytes;
    while (end > 0 && max_bytes - end < 3 && is_continuation(text, end))
        --end;
    return text.substr(0, is_continuation(text, end) ? max_bytes : end);
}

std::string quoted(std::string_view bytes, std::size_t max_bytes) {
    std::string text = storable(cut_at_character(bytes, max_bytes));
    std::replace_if(text.begin(), text.end(), is_control, ' ');
    return "'" + text + (bytes.size() > max_bytes ? "…'" : "'");
}

} // namespace tidemark
