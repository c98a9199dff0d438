#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

/// A mask and the number of its messages.
struct CountedMask {
    std::string mask;
    std::int64_t count = 0;
};

/// The placeholder in a pattern where the masks of its group differ.
constexpr std::string_view wildcard = "<*>";

/// A group of similar masks, which differ in some words.
struct MaskGroup {
    std::string pattern;              ///< the words that they share, and `<*>` for the others
    std::vector<std::size_t> members; ///< indices of the masks, the most frequent first
};

/// Groups masks with the algorithm Drain: a mask is compared with the groups that have the same
/// number of words and the same first words, and joins the group that shares most words with it, if
/// these are at least seven of ten. Masks are processed by frequency, then by text, so their order
/// in `masks` does not matter. Groups are in the order of their first member. Each mask must occur
/// once.
std::vector<MaskGroup> group_masks(std::span<const CountedMask> masks);

} // namespace tidemark
