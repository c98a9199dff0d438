#include "text/terminal.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>

namespace tidemark {
namespace {

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// A character of UTF-8 text, or an invalid byte.
struct Character {
    char32_t code = 0;
    std::size_t bytes = 1;
    bool valid = false;
};

/// How many bytes a character has, as its first one says; 0 for a byte that begins none.
std::size_t announced_bytes(unsigned char first) {
    if (first < 0x80U) return 1;
    if (first >= 0xC2U && first < 0xE0U) return 2;
    if (first >= 0xE0U && first < 0xF0U) return 3;
    return first >= 0xF0U && first < 0xF5U ? 4 : 0;
}

/// Overlong forms of three and four bytes count as characters: a terminal that takes them for what
/// they stand for is caught by `is_hostile`, which looks at the code.
Character character_at(std::string_view text, std::size_t at) {
    const auto first = static_cast<unsigned char>(text[at]);
    const std::size_t bytes = announced_bytes(first);
    if (bytes == 0 || at + bytes > text.size()) return {first};
    char32_t code = bytes == 1 ? first : first & (0x7FU >> bytes);
    for (std::size_t i = 1; i < bytes; ++i) {
        if (!is_continuation(text[at + i])) return {first};
        code = (code << 6U) | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
    }
    return {code, bytes, true};
}

/// Whether a terminal does something else with it than to show it: C0, DEL and C1 controls, marks,
/// embeddings, overrides and isolates of the writing direction, separators of lines and paragraphs.
bool is_hostile(char32_t code) {
    const auto within = [code](char32_t first, char32_t last) {
        return code >= first && code <= last;
    };
    return code < 0x20 || within(0x7F, 0x9F) || code == 0x061C || within(0x200E, 0x200F) ||
           within(0x2028, 0x202E) || within(0x2066, 0x2069);
}

std::string escaped(const Character& c) {
    switch (c.code) {
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    default: break;
    }
    const auto code = static_cast<unsigned>(c.code);
    return code < 0x100 ? fmt::format("\\x{:02x}", code) : fmt::format("\\u{:04x}", code);
}

/// `text` with `escape` in place of what is hostile and not in `allowed`.
template <typename Escape>
std::string escape_hostile(std::string_view text, std::string_view allowed, Escape escape) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const Character c = character_at(text, i);
        const bool harmless =
            c.valid && (!is_hostile(c.code) || allowed.find(text[i]) != std::string_view::npos);
        result += harmless ? std::string{text.substr(i, c.bytes)} : escape(c);
        i += c.bytes;
    }
    return result;
}

} // namespace

std::string printable(std::string_view text) { return escape_hostile(text, "", escaped); }

std::string printable_lines(std::string_view text) {
    std::string lines;
    lines.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!text.substr(i).starts_with("\r\n")) lines += text[i];
    }
    return escape_hostile(lines, "\t\n", escaped);
}

std::string printable_json(std::string_view json) {
    return escape_hostile(json, "\t\n", [](const Character& c) {
        return fmt::format("\\u{:04x}", static_cast<unsigned>(c.code));
    });
}

namespace {

/// What a terminal shows as one: a character with all that is joined to it.
struct Cluster {
    std::size_t bytes = 0;
    std::size_t columns = 0;
};

constexpr char32_t emoji_form = 0xFE0F;

bool is_flag_half(char32_t code) { return code >= 0x1F1E6 && code <= 0x1F1FF; }

std::size_t columns_of(const Character& c) {
    if (!c.valid) return 1;
    const int columns = utf8proc_charwidth(static_cast<utf8proc_int32_t>(c.code));
    return columns > 0 ? static_cast<std::size_t>(columns) : 0;
}

/// The cluster that begins at a place. Flags, and what is followed by the sign for the form of an
/// emoji, are two columns wide.
Cluster cluster_at(std::string_view text, std::size_t at) {
    Character last = character_at(text, at);
    Cluster cluster{last.bytes, columns_of(last)};
    utf8proc_int32_t state = 0;
    for (std::size_t next = at + last.bytes; next < text.size();) {
        const Character c = character_at(text, next);
        if (!c.valid || !last.valid ||
            utf8proc_grapheme_break_stateful(static_cast<utf8proc_int32_t>(last.code),
                                             static_cast<utf8proc_int32_t>(c.code), &state)) {
            break;
        }
        const bool wide = c.code == emoji_form || (is_flag_half(last.code) && is_flag_half(c.code));
        cluster.columns = wide ? 2 : std::max(cluster.columns, columns_of(c));
        cluster.bytes += c.bytes;
        next += c.bytes;
        last = c;
    }
    return cluster;
}

bool is_plain(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < 0x7F; });
}

} // namespace

std::size_t display_width(std::string_view text) {
    if (is_plain(text)) return text.size();
    std::size_t width = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Cluster cluster = cluster_at(text, at);
        width += cluster.columns;
        at += cluster.bytes;
    }
    return width;
}

std::string cut_to_width(std::string_view text, std::size_t columns) {
    if (display_width(text) <= columns) return std::string{text};
    std::string cut;
    std::size_t width = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Cluster cluster = cluster_at(text, at);
        if (width + cluster.columns + 1 > columns) break;
        cut += text.substr(at, cluster.bytes);
        width += cluster.columns;
        at += cluster.bytes;
    }
    return columns == 0 ? "" : cut + "…";
}

std::string human_bytes(double bytes) {
    constexpr std::array units = {"B", "kB", "MB", "GB", "TB"};
    std::size_t unit = 0;
    for (; bytes >= 1000 && unit + 1 < units.size(); ++unit)
        bytes /= 1000;
    return bytes >= 100 || unit == 0 ? fmt::format("{:.0f} {}", bytes, units.at(unit))
                                     : fmt::format("{:.1f} {}", bytes, units.at(unit));
}

std::string human_seconds(double seconds) {
    if (seconds < 60) return fmt::format("{:.1f} s", seconds);
    const auto whole = static_cast<long long>(seconds);
    if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
    return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
}

std::string count_of(long long number, std::string_view noun) {
    return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

std::string listed(std::vector<std::string> items, std::size_t most, std::string_view separator) {
    const std::size_t all = items.size();
    items.resize(std::min(all, most));
    std::string text = fmt::format("{}", fmt::join(items, separator));
    if (all > most) text += fmt::format(" and {} more", all - most);
    return text;
}

} // namespace tidemark
