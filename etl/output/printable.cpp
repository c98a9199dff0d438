#include "output/printable.hpp"

#include <fmt/format.h>

#include <array>

namespace tidemark {
namespace {

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// Whether U+0080 to U+009F stand at `at`: control characters of two bytes.
bool is_c1_control(std::string_view text, std::size_t at) {
    return text[at] == '\xC2' && at + 1 < text.size() && is_continuation(text[at + 1]) &&
           static_cast<unsigned char>(text[at + 1]) < 0xA0U;
}

std::string escaped(char c) {
    switch (c) {
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    default: return fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    }
}

} // namespace

std::string printable(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (is_c1_control(text, i)) {
            result += escaped(text[++i]);
        } else if (static_cast<unsigned char>(c) < 0x20U || c == '\x7F') {
            result += escaped(c);
        } else {
            result += c;
        }
    }
    return result;
}

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    for (const char c : text)
        width += is_continuation(c) ? 0U : 1U;
    return width;
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

} // namespace tidemark
