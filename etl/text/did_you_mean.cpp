#include "text/did_you_mean.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tidemark {
namespace {

/// A short word has few letters to get wrong before it is another one.
std::size_t tolerance(std::size_t length) { return length < 4 ? 1 : length < 10 ? 2 : 3; }

} // namespace

std::string lower_case(std::string_view text) {
    std::string lower{text};
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return lower;
}

std::size_t edit_distance(std::string_view from, std::string_view to) {
    std::vector<std::size_t> before_last(to.size() + 1);
    std::vector<std::size_t> last(to.size() + 1);
    std::vector<std::size_t> row(to.size() + 1);
    for (std::size_t j = 0; j <= to.size(); ++j)
        row[j] = j;
    for (std::size_t i = 1; i <= from.size(); ++i) {
        before_last.swap(last);
        last.swap(row);
        row[0] = i;
        for (std::size_t j = 1; j <= to.size(); ++j) {
            const std::size_t replaced = last[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
            const bool swapped =
                i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
            if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
    }
    return row[to.size()];
}

std::optional<std::string> closest(std::string_view word,
                                   const std::vector<std::string>& candidates) {
    constexpr std::size_t longest_word = 100;
    if (word.empty() || word.size() > longest_word) return std::nullopt;
    const std::string wanted = lower_case(word);
    std::size_t nearest = tolerance(wanted.size()) + 1;
    std::optional<std::string> found;
    for (const std::string& candidate : candidates) {
        const std::size_t distance = edit_distance(wanted, lower_case(candidate));
        if (distance >= nearest || distance >= candidate.size()) continue;
        nearest = distance;
        found = candidate;
    }
    return found;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
    const auto meant = closest(word, candidates);
    return meant ? fmt::format(" (did you mean '{}'?)", *meant) : "";
}

} // namespace tidemark
