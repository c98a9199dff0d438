#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

/// The same text with A to Z in lower case.
std::string lower_case(std::string_view text);

/// The number of letters to add, remove, replace or swap with a neighbour that turns one word into
/// the other.
std::size_t edit_distance(std::string_view from, std::string_view to);

/// The candidate nearest to the word, in upper or lower case; the first of several that are equally
/// near. nullopt when none is near enough.
std::optional<std::string> closest(std::string_view word,
                                   const std::vector<std::string>& candidates);

/// ` (did you mean 'retries'?)`, or "" when no candidate is near enough.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

} // namespace tidemark
