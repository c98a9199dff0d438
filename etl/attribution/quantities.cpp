#include "attribution/quantities.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <string>

namespace tidemark {
namespace {

using std::chrono::microseconds;
using std::chrono::seconds;

constexpr std::int64_t a_year = 365LL * 24 * 3600;

/// The number that the text begins with, which is cut off; nullopt when it begins with none.
std::optional<std::int64_t> consume_number(std::string_view& text) {
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
        const auto number = consume_number(text);
        if (!number || *number >= a_year || (parts > 1 && *number > 59)) return std::nullopt;
        whole = whole * 60 + *number;
        if (!text.starts_with(':')) break;
        text.remove_prefix(1);
    }
    const auto rest = fraction(text);
    if (!rest || whole >= a_year) return std::nullopt;
    return seconds{whole} + *rest;
}

namespace {

constexpr std::array<std::string_view, 7> separators = {
    ",", ".", "'", " ", "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x99"};

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' '))
        text.remove_prefix(1);
    while (text.ends_with(' '))
        text.remove_suffix(1);
    return text;
}

/// How many digits the text begins with.
std::size_t leading_digits(std::string_view text) {
    const auto* end =
        std::find_if_not(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    return static_cast<std::size_t>(end - text.begin());
}

std::string_view separator_at(std::string_view text) {
    for (const std::string_view separator : separators) {
        if (text.starts_with(separator)) return separator;
    }
    return {};
}

/// The digits without their separators; "" when the groups are no thousands.
std::string ungrouped(std::string_view text) {
    const std::size_t first = leading_digits(text);
    std::string digits{text.substr(0, first)};
    text.remove_prefix(first);
    const std::string_view separator = separator_at(text);
    if (!text.empty() && (separator.empty() || first == 0 || first > 3)) return "";
    while (!text.empty()) {
        if (!text.starts_with(separator)) return "";
        text.remove_prefix(separator.size());
        if (leading_digits(text) != 3) return "";
        digits += text.substr(0, 3);
        text.remove_prefix(3);
    }
    return digits;
}

} // namespace

std::optional<std::int64_t> parse_row_count(std::string_view text) {
    const std::string digits = ungrouped(trimmed(text));
    std::int64_t count = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
    if (digits.empty() || error != std::errc{}) return std::nullopt;
    return count;
}

} // namespace tidemark
