#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

/// The same text with A to Z in lower case.
std::string lower_case(std::string_view text);

/// How many letters must be added, removed, replaced or swapped with a neighbour to get from one to
/// the other.
std::size_t edit_distance(std::string_view from, std::string_view to);

/// The word that was probably meant, whatever its case; nullopt when none is near. Of equally near
/// ones the first.
std::optional<std::string> closest(std::string_view word,
                                   const std::vector<std::string>& candidates);

/// ` (did you mean 'retries'?)`, or "" when nothing is near.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

} // namespace tidemark
