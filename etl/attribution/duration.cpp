#include "attribution/duration.hpp"

#include <charconv>
#include <cstdint>

namespace tidemark {
namespace {

using std::chrono::microseconds;
using std::chrono::seconds;

constexpr std::int64_t a_year = 365LL * 24 * 3600;

/// The number that the text begins with, which is cut off; nullopt when it begins with none.
std::optional<std::int64_t> take_number(std::string_view& text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || text.front() == '-') return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

/// `.5` or `,5` as microseconds; nullopt when the rest is anything but a fraction.
std::optional<microseconds> fraction(std::string_view text) {
    if (text.empty()) return microseconds{0};
    if (text.size() < 2 || (text[0] != '.' && text[0] != ',')) return std::nullopt;
    std::int64_t value = 0;
    std::int64_t unit = 100'000;
    for (const char c : text.substr(1)) {
        if (c < '0' || c > '9') return std::nullopt;
        value += (c - '0') * unit;
        unit /= 10;
    }
    return microseconds{value};
}

} // namespace

std::optional<microseconds> parse_seconds(std::string_view text) {
    std::int64_t whole = 0;
    for (int parts = 1; parts <= 3; ++parts) {
        const auto number = take_number(text);
        if (!number || *number >= a_year || (parts > 1 && *number > 59)) return std::nullopt;
        whole = whole * 60 + *number;
        if (!text.starts_with(':')) break;
        text.remove_prefix(1);
    }
    const auto rest = fraction(text);
    if (!rest || whole >= a_year) return std::nullopt;
    return seconds{whole} + *rest;
}

} // namespace tidemark
