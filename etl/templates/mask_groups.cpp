#include "templates/mask_groups.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <unordered_map>
#include <utility>

namespace tidemark {
namespace {

using MaskWords = std::vector<std::string_view>;

/// A word as a number: words are compared far more often than they are read.
using Word = std::uint32_t;
using WordNumbers = std::vector<Word>;

/// So many words at the beginning are the same in all of a group, as far as they do not vary.
constexpr std::size_t leading_words = 2;

/// The share of a mask's words that its group must have, in tenths.
constexpr std::size_t similar_tenths = 7;

/// A mask is compared with no more groups than this, so that masks of which none is like another
/// cost as much each, however many there are.
constexpr std::size_t most_compared = 1000;

MaskWords words_in_mask(std::string_view mask) {
    MaskWords words;
    for (std::size_t begin = 0; begin <= mask.size();) {
        const std::size_t end = std::min(mask.find(' ', begin), mask.size());
        words.push_back(mask.substr(begin, end - begin));
        begin = end + 1;
    }
    return words;
}

/// So many of a mask's words may differ from those of its group.
std::size_t may_differ(std::size_t words) { return words * (10 - similar_tenths) / 10; }

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

/// Gives each word its number; the wildcard has the first.
class Vocabulary {
public:
    Vocabulary() { number_of(wildcard); }

    WordNumbers numbers_of(const MaskWords& words) {
        WordNumbers numbers;
        numbers.reserve(words.size());
        for (const std::string_view word : words)
            numbers.push_back(number_of(word));
        return numbers;
    }

    [[nodiscard]] std::string text_of(const WordNumbers& words) const {
        MaskWords text;
        text.reserve(words.size());
        for (const Word word : words)
            text.push_back(m_words[word]);
        return fmt::format("{}", fmt::join(text, " "));
    }

private:
    Word number_of(std::string_view word) {
        const auto [found, is_new] = m_numbers.try_emplace(word, static_cast<Word>(m_words.size()));
        if (is_new) m_words.push_back(word);
        return found->second;
    }

    std::unordered_map<std::string_view, Word> m_numbers;
    MaskWords m_words;
};

constexpr Word any_word = 0; // the wildcard's number

struct Likeness {
    std::size_t shared = 0;    ///< words that are the same
    std::size_t wildcards = 0; ///< of the group's pattern: of two alike the more general one

    auto operator<=>(const Likeness&) const = default;
};

/// Nothing when too many words differ.
std::optional<Likeness> likeness(const WordNumbers& pattern, const WordNumbers& words) {
    Likeness found;
    std::size_t left = may_differ(words.size());
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (pattern[i] == any_word) ++found.wildcards;
        if (pattern[i] == words[i]) {
            ++found.shared;
        } else if (left-- == 0) {
            return std::nullopt;
        }
    }
    return found;
}

/// Puts masks into groups, one after the other.
class Grouping {
public:
    void add(std::string_view mask, std::size_t member) {
        ++m_masks;
        const MaskWords text = words_in_mask(mask);
        WordNumbers words = m_vocabulary.numbers_of(text);
        Leaf& leaf = m_tree[branch_of(text)];
        if (const auto place = most_similar(leaf, words)) {
            generalise(leaf, *place, words);
            m_groups[*place].members.push_back(member);
        } else {
            found(leaf, std::move(words), member);
        }
    }

    std::vector<MaskGroup> result() {
        std::vector<MaskGroup> taken;
        taken.reserve(m_groups.size());
        for (GrowingGroup& group : m_groups) {
            taken.push_back({.pattern = m_vocabulary.text_of(group.pattern),
                             .members = std::move(group.members)});
        }
        return taken;
    }

private:
    struct GrowingGroup {
        WordNumbers pattern;
        std::vector<std::size_t> members;
        std::size_t compared = 0; // which of the masks it was compared with last, from 1
    };

    /// Groups by their places in `m_groups`.
    using Places = std::vector<std::size_t>;

    /// Of a branch: which groups have a word at a place; some of them no longer do.
    using Leaf = std::unordered_map<std::uint64_t, Places>;

    static std::uint64_t key_of(std::size_t place, Word word) {
        return static_cast<std::uint64_t>(place) << 32U | word;
    }

    /// The groups that have a word of these, at the places where fewest have it. A group has a word
    /// of its mask at one at least of any `may_differ + 1` places, so no more are needed.
    static std::vector<std::span<const std::size_t>> rarest(const Leaf& leaf,
                                                            const WordNumbers& words) {
        std::vector<std::span<const std::size_t>> lists(words.size());
        for (std::size_t i = 0; i < words.size(); ++i) {
            const auto found = leaf.find(key_of(i, words[i]));
            if (found != leaf.end()) lists[i] = found->second;
        }
        std::stable_sort(lists.begin(), lists.end(), [](const auto& left, const auto& right) {
            return left.size() < right.size();
        });
        lists.resize(may_differ(words.size()) + 1);
        return lists;
    }

    /// The group that is most like a mask, the first of equally alike ones.
    std::optional<std::size_t> most_similar(const Leaf& leaf, const WordNumbers& words) {
        std::optional<std::size_t> best;
        Likeness best_likeness;
        std::size_t compared = 0;
        for (const auto list : rarest(leaf, words)) {
            for (const std::size_t place : list) {
                GrowingGroup& group = m_groups[place];
                if (std::exchange(group.compared, m_masks) == m_masks) continue;
                if (++compared > most_compared) return best;
                const auto found = likeness(group.pattern, words);
                if (!found || (best && *found < best_likeness)) continue;
                if (best && *found == best_likeness && place > *best) continue;
                best = place;
                best_likeness = *found;
            }
        }
        return best;
    }

    void generalise(Leaf& leaf, std::size_t place, const WordNumbers& words) {
        WordNumbers& pattern = m_groups[place].pattern;
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (pattern[i] == words[i] || pattern[i] == any_word) continue;
            pattern[i] = any_word;
            leaf[key_of(i, any_word)].push_back(place);
        }
    }

    void found(Leaf& leaf, WordNumbers words, std::size_t member) {
        for (std::size_t i = 0; i < words.size(); ++i)
            leaf[key_of(i, words[i])].push_back(m_groups.size());
        m_groups.push_back({.pattern = std::move(words), .members = {member}});
    }

    Vocabulary m_vocabulary;
    std::map<Branch, Leaf> m_tree;
    std::vector<GrowingGroup> m_groups;
    std::size_t m_masks = 0; // that were added
};

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
    Grouping grouping;
    for (const std::size_t place : by_frequency(masks))
        grouping.add(masks[place].mask, place);
    return grouping.result();
}

} // namespace tidemark
