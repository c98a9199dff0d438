#include "attribution/row_count.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace tidemark {
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
