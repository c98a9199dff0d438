#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

/// A mask, and how many messages have it.
struct CountedMask {
    std::string mask;
    std::int64_t count = 0;
};

/// What stands in a template where the masks of its group differ.
constexpr std::string_view wildcard = "<*>";

/// Masks that differ in more than the mask knows: by a word here and there.
struct MaskGroup {
    std::string pattern;              ///< the words that they share, `<*>` where they do not
    std::vector<std::size_t> members; ///< places in what was given, the most frequent first
};

/// Groups masks in the manner of Drain: a mask is looked for among the groups that have as many
/// words and begin like it, and joins the one that shares most words with it, when these are at
/// least seven of ten. Pure, and the order of the masks does not matter: the most frequent ones
/// come first, of equally frequent ones the lesser text. Groups come in the order of their first
/// member. Each mask is given once.
std::vector<MaskGroup> group_masks(std::span<const CountedMask> masks);

} // namespace tidemark
