#include "config/units.hpp"

#include "config/suggest.hpp"

#include <array>
#include <charconv>
#include <string>
#include <utility>

namespace tidemark {
namespace {

using std::chrono::seconds;

constexpr std::array<std::pair<char, std::int64_t>, 4> duration_units = {
    {{'d', 86400}, {'h', 3600}, {'m', 60}, {'s', 1}}};
constexpr std::int64_t longest_duration = std::int64_t{36500} * 86400;

constexpr std::array<std::pair<std::string_view, std::uint64_t>, 10> size_units = {
    {{"", 1},
     {"b", 1},
     {"kb", 1'000},
     {"mb", 1'000'000},
     {"gb", 1'000'000'000},
     {"tb", 1'000'000'000'000},
     {"kib", 1ULL << 10U},
     {"mib", 1ULL << 20U},
     {"gib", 1ULL << 30U},
     {"tib", 1ULL << 40U}}};

/// Takes the number that the text begins with away from it.
template <typename Number> std::optional<Number> take_number(std::string_view& text) {
    if (text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
    Number number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{}) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

/// The index of the unit that the text begins with, at `from` or smaller; takes it away.
std::optional<std::size_t> take_unit(std::string_view& text, std::size_t from) {
    for (std::size_t i = from; i < duration_units.size(); ++i) {
        if (!text.empty() && text.front() == duration_units[i].first) {
            text.remove_prefix(1);
            return i;
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<seconds> parse_duration(std::string_view text) {
    if (text.empty()) return std::nullopt;
    std::int64_t total = 0;
    std::size_t next_unit = 0;
    while (!text.empty()) {
        const auto number = take_number<std::int64_t>(text);
        const auto unit = take_unit(text, next_unit);
        if (!number || !unit || *number > longest_duration) return std::nullopt;
        total += *number * duration_units[*unit].second;
        if (total > longest_duration) return std::nullopt;
        next_unit = *unit + 1;
    }
    return seconds{total};
}

std::optional<std::uint64_t> parse_size(std::string_view text) {
    const auto number = take_number<std::uint64_t>(text);
    if (!number) return std::nullopt;
    if (text.starts_with(' ')) text.remove_prefix(1);
    const std::string unit = lower_case(text);
    for (const auto& [name, bytes] : size_units) {
        if (name != unit) continue;
        if (*number > UINT64_MAX / bytes) return std::nullopt;
        return *number * bytes;
    }
    return std::nullopt;
}

} // namespace tidemark
