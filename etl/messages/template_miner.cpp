#include "messages/template_miner.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>

namespace tidemark {
namespace {

using MaskWords = std::vector<std::string_view>;

/// So many words at the beginning are the same in all of a group, as far as they do not vary.
constexpr std::size_t leading_words = 2;

/// The share of a mask's words that its group must have, in tenths.
constexpr std::size_t similar_tenths = 7;

MaskWords words_of(std::string_view mask) {
    MaskWords words;
    for (std::size_t begin = 0; begin <= mask.size();) {
        const std::size_t end = std::min(mask.find(' ', begin), mask.size());
        words.push_back(mask.substr(begin, end - begin));
        begin = end + 1;
    }
    return words;
}

bool holds_placeholder(std::string_view word) {
    return std::ranges::any_of(
        std::initializer_list<std::string_view>{"<guid>", "<time>", "<number>", "<name>", "<path>"},
        [&](std::string_view placeholder) {
            return word.find(placeholder) != std::string_view::npos;
        });
}

/// The way through Drain's tree: the number of words, and the first of them.
struct Branch {
    std::size_t words = 0;
    MaskWords leading;

    auto operator<=>(const Branch&) const = default;
};

Branch branch_of(const MaskWords& words) {
    Branch branch{.words = words.size(), .leading = {}};
    for (std::size_t i = 0; i < std::min(leading_words, words.size()); ++i)
        branch.leading.push_back(holds_placeholder(words[i]) ? wildcard : words[i]);
    return branch;
}

struct Growing {
    MaskWords pattern;
    std::vector<std::size_t> members;
};

struct Likeness {
    std::size_t shared = 0;    ///< words that are the same
    std::size_t wildcards = 0; ///< of the group's pattern: of two alike the more general one

    auto operator<=>(const Likeness&) const = default;
};

Likeness likeness(const MaskWords& pattern, const MaskWords& words) {
    Likeness found;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (pattern[i] == words[i]) ++found.shared;
        if (pattern[i] == wildcard) ++found.wildcards;
    }
    return found;
}

/// The groups of one branch: the most alike, the first of equally alike ones.
Growing* best_of(std::vector<Growing>& groups, const std::vector<std::size_t>& places,
                 const MaskWords& words) {
    Growing* best = nullptr;
    Likeness best_likeness;
    for (const std::size_t place : places) {
        const Likeness found = likeness(groups[place].pattern, words);
        if (best != nullptr && found <= best_likeness) continue;
        best = &groups[place];
        best_likeness = found;
    }
    const bool alike = best_likeness.shared * 10 >= similar_tenths * words.size();
    return alike ? best : nullptr;
}

void generalise(MaskWords& pattern, const MaskWords& words) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (pattern[i] != words[i]) pattern[i] = wildcard;
    }
}

std::vector<std::size_t> by_frequency(std::span<const CountedMask> masks) {
    std::vector<std::size_t> order(masks.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
        if (masks[left].count != masks[right].count) return masks[left].count > masks[right].count;
        return masks[left].mask < masks[right].mask;
    });
    return order;
}

} // namespace

std::vector<MaskGroup> group_masks(std::span<const CountedMask> masks) {
    std::vector<Growing> groups;
    std::map<Branch, std::vector<std::size_t>> tree;
    for (const std::size_t place : by_frequency(masks)) {
        MaskWords words = words_of(masks[place].mask);
        std::vector<std::size_t>& leaf = tree[branch_of(words)];
        Growing* group = best_of(groups, leaf, words);
        if (group != nullptr) {
            generalise(group->pattern, words);
            group->members.push_back(place);
        } else {
            leaf.push_back(groups.size());
            groups.push_back({.pattern = std::move(words), .members = {place}});
        }
    }
    std::vector<MaskGroup> found;
    for (Growing& group : groups) {
        found.push_back({.pattern = fmt::format("{}", fmt::join(group.pattern, " ")),
                         .members = std::move(group.members)});
    }
    return found;
}

} // namespace tidemark
