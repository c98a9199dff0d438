#include "text/utf8.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <system_error>

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
bool is_invalid_start(std::uint8_t first, std::uint8_t second) {
    return (first == 0xE0U && second < 0xA0U) || (first == 0xEDU && second > 0x9FU) ||
           (first == 0xF0U && second < 0x90U) || (first == 0xF4U && second > 0x8FU);
}

/// The length of the character at `at`; 0 when it is invalid.
std::size_t character_length(std::string_view text, std::size_t at) {
    const std::uint8_t first = byte_at(text, at);
    const std::size_t length = length_by_first_byte(first);
    for (std::size_t i = 1; i < length; ++i) {
        if (!is_continuation(text, at + i)) return 0;
    }
    return length > 1 && is_invalid_start(first, byte_at(text, at + 1)) ? 0 : length;
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

std::string utf8(unsigned point) {
    const auto tail = [&](unsigned shift) {
        return static_cast<char>(0x80U | (point >> shift & 0x3FU));
    };
    if (point < 0x80U) return {static_cast<char>(point)};
    if (point < 0x800U) return {static_cast<char>(0xC0U | point >> 6U), tail(0)};
    if (point < 0x10000U) return {static_cast<char>(0xE0U | point >> 12U), tail(6), tail(0)};
    return {static_cast<char>(0xF0U | point >> 18U), tail(12), tail(6), tail(0)};
}

/// The character that a storable escape stands for.
std::string character_of_escape(std::string_view escape) {
    if (escape.size() == 2) {
        constexpr std::string_view letters = "bfnrt";
        constexpr std::string_view controls = "\b\f\n\r\t";
        const auto found = letters.find(escape[1]);
        return {found == std::string_view::npos ? escape[1] : controls[found]};
    }
    const unsigned first = code_unit(escape, 0).value_or(0);
    if (escape.size() == 6) return utf8(first);
    const unsigned second = code_unit(escape, 6).value_or(0);
    return utf8(0x10000U + ((first - 0xD800U) << 10U) + (second - 0xDC00U));
}

} // namespace

std::string valid_utf8(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size());
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t length = character_length(bytes, at);
        text += length == 0 ? replacement : bytes.substr(at, length);
        at += std::max<std::size_t>(length, 1);
    }
    return text;
}

std::string storable(std::string_view bytes) {
    std::string text = valid_utf8(bytes);
    for (auto at = text.find('\0'); at != std::string::npos; at = text.find('\0', at))
        text.replace(at, 1, replacement);
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

std::string with_controls_escaped(std::string_view json) {
    std::string text;
    text.reserve(json.size());
    bool in_string = false;
    for (std::size_t at = 0; at < json.size(); ++at) {
        const char c = json[at];
        if (c == '"') in_string = !in_string;
        if (in_string && static_cast<unsigned char>(c) < 0x20) {
            text += fmt::format("\\u{:04x}", c);
            continue;
        }
        text += c;
        if (in_string && c == '\\' && at + 1 < json.size()) text += json[++at];
    }
    return text;
}

std::string storable_unescaped(std::string_view json) {
    const std::string sound = storable_json(json);
    std::string text;
    text.reserve(sound.size());
    for (std::size_t at = 0; at < sound.size();) {
        if (sound[at] != '\\') {
            text += sound[at++];
            continue;
        }
        const std::size_t length = storable_escape_length(sound, at);
        text += character_of_escape(std::string_view{sound}.substr(at, length));
        at += length;
    }
    return text;
}

std::size_t past_json_string(std::string_view json, std::size_t place) {
    for (++place; place < json.size() && json[place] != '"'; ++place) {
        if (json[place] == '\\') ++place;
    }
    return std::min(place + 1, json.size());
}

bool is_json_number(std::string_view text) {
    const auto consume = [&](std::string_view any_of) {
        const std::size_t length = std::min(text.find_first_not_of(any_of), text.size());
        text.remove_prefix(length);
        return length;
    };
    const auto consume_one = [&](std::string_view any_of) {
        const bool there = !text.empty() && any_of.find(text.front()) != std::string_view::npos;
        if (there) text.remove_prefix(1);
        return there;
    };
    constexpr std::string_view digits = "0123456789";
    consume_one("-");
    if (!consume_one("0") && consume(digits) == 0) return false;
    if (consume_one(".") && consume(digits) == 0) return false;
    if (!consume_one("eE")) return text.empty();
    consume_one("+-");
    return consume(digits) > 0 && text.empty();
}

bool is_usual_number(std::string_view text) {
    constexpr std::size_t most_digits = 400;
    double number = 0;
    const auto error = std::from_chars(text.data(), text.data() + text.size(), number).ec;
    if (error != std::errc{} || text.size() > most_digits) return false;
    return number != 0 || text.find_first_of("eE") == std::string_view::npos;
}

std::uint64_t hash_of(std::string_view bytes, std::uint64_t seed) {
    return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

std::string hash_text(std::string_view bytes) { return fmt::format("{:016x}", hash_of(bytes)); }

std::string storable_name(std::string_view name) {
    if (name.size() <= most_name_bytes) return std::string{name};
    const std::string mark = "… " + hash_text(name);
    return std::string{cut_at_character(name, most_name_bytes - mark.size())} + mark;
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

std::string shortened(std::string_view text, std::size_t max_bytes) {
    const std::string_view beginning = cut_at_character(text, max_bytes);
    return std::string{beginning} + (beginning.size() < text.size() ? "…" : "");
}

std::string quoted(std::string_view bytes, std::size_t max_bytes) {
    std::string text = storable(cut_at_character(bytes, max_bytes));
    std::replace_if(text.begin(), text.end(), is_control, ' ');
    return "'" + text + (bytes.size() > max_bytes ? "…'" : "'");
}

namespace {

std::string_view entity_of(char c) {
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    default: return "&#39;";
    }
}

} // namespace

std::string with_entities(std::string_view text, std::string_view characters) {
    std::string written;
    written.reserve(text.size());
    for (const char c : text) {
        if (characters.find(c) == std::string_view::npos)
            written += c;
        else
            written += entity_of(c);
    }
    return written;
}

} // namespace tidemark
