#include "support/catch.hpp"
#include "templates/mask_groups.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <sstream>

using namespace tidemark;

namespace {

/// The patterns of the groups, with the masks of each.
std::map<std::string, std::vector<std::string>> groups(const std::vector<CountedMask>& masks) {
    std::map<std::string, std::vector<std::string>> found;
    for (const MaskGroup& group : group_masks(masks)) {
        auto& members = found[group.pattern];
        for (const std::size_t member : group.members)
            members.push_back(masks[member].mask);
    }
    return found;
}

std::vector<std::string> words_of(const std::string& mask) {
    std::vector<std::string> words;
    std::istringstream text(mask);
    for (std::string word; text >> word;)
        words.push_back(word);
    return words;
}

struct PlainGroup {
    std::vector<std::string> pattern;
    std::vector<std::string> masks;
};

/// The definition, word by word: each mask is compared with every group that begins like it. Masks
/// must be without placeholders, and are taken in their order.
std::vector<PlainGroup> plainly_grouped(const std::vector<std::string>& masks) {
    std::vector<PlainGroup> groups;
    for (const std::string& mask : masks) {
        const auto words = words_of(mask);
        PlainGroup* best = nullptr;
        std::pair<std::size_t, std::size_t> most;
        for (PlainGroup& group : groups) {
            const auto first = words_of(group.masks.front());
            if (first.size() != words.size() ||
                !std::equal(first.begin(), first.begin() + 2, words.begin()))
                continue;
            std::pair<std::size_t, std::size_t> alike;
            for (std::size_t i = 0; i < words.size(); ++i) {
                alike.first += group.pattern[i] == words[i] ? 1U : 0U;
                alike.second += group.pattern[i] == wildcard ? 1U : 0U;
            }
            if (alike.first * 10 < 7 * words.size() || (best != nullptr && alike <= most)) continue;
            best = &group;
            most = alike;
        }
        if (best == nullptr) {
            groups.push_back({words, {mask}});
            continue;
        }
        best->masks.push_back(mask);
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (best->pattern[i] != words[i]) best->pattern[i] = wildcard;
        }
    }
    return groups;
}

} // namespace

TEST_CASE("masks that differ in one word of many are one group") {
    const auto found = groups({{"Session opened for user root by process", 3},
                               {"Session opened for user etl by process", 5},
                               {"Session closed for user etl by process", 1}});
    REQUIRE(found.size() == 2);
    CHECK(found.at("Session opened for user <*> by process") ==
          std::vector<std::string>{"Session opened for user etl by process",
                                   "Session opened for user root by process"});
    CHECK(found.contains("Session closed for user etl by process"));
}

TEST_CASE("masks of different length are never one group") {
    CHECK(groups({{"Job execution has started now", 1}, {"Job execution has started", 1}}).size() ==
          2);
}

TEST_CASE("a word that holds a placeholder may vary where groups begin") {
    const auto found = groups(
        {{"node<number> of the cluster is up", 2}, {"host<number> of the cluster is up", 1}});
    CHECK(found.size() == 1);
    CHECK(found.contains("<*> of the cluster is up"));
}

TEST_CASE("less than seven words of ten are not enough") {
    CHECK(groups({{"a b c d e f g h i j", 1}, {"a b c d e f g x y z", 1}}).size() == 1);
    CHECK(groups({{"a b c d e f g h i j", 1}, {"a b c d e f w x y z", 1}}).size() == 2);
}

TEST_CASE("no mask is lost and the order in which they are given does not matter") {
    std::mt19937 random(7);
    const std::vector<std::string> words = {"task", "<name>", "read", "rows", "from", "<number>"};
    std::vector<CountedMask> masks;
    for (int i = 0; i < 1000; ++i) {
        std::string mask = "all";
        for (int word = 0; word < 6; ++word)
            mask += " " + words[random() % words.size()];
        mask += " " + std::to_string(i); // each mask once
        masks.push_back({mask, static_cast<std::int64_t>(random() % 4)});
    }
    const auto expected = groups(masks);
    std::size_t members = 0;
    for (const auto& [pattern, group] : expected)
        members += group.size();
    CHECK(members == masks.size());
    CHECK(expected.size() < masks.size());
    for (int round = 0; round < 5; ++round) {
        std::shuffle(masks.begin(), masks.end(), random);
        CHECK(groups(masks) == expected);
    }
}

TEST_CASE("groups are those that comparing each mask with every group finds") {
    std::mt19937 random(11);
    std::size_t joined = 0;
    for (int round = 0; round < 40; ++round) {
        const std::size_t vocabulary = 2 + random() % 6;
        std::set<std::string> distinct;
        for (int i = 0; i < 400; ++i) {
            const std::size_t length = 2 + random() % 11;
            std::string mask = "w0 w" + std::to_string(random() % 2);
            for (std::size_t word = 2; word < length; ++word) {
                const auto chosen = random() % vocabulary;
                mask += chosen == 0 && random() % 9 == 0 ? " <*>" : " w" + std::to_string(chosen);
            }
            distinct.insert(mask);
        }
        std::vector<std::string> order(distinct.begin(), distinct.end());
        std::shuffle(order.begin(), order.end(), random);
        std::vector<CountedMask> counted; // the first of the order is the most frequent
        for (const std::string& mask : order)
            counted.push_back({mask, static_cast<std::int64_t>(order.size() - counted.size())});
        const auto expected = plainly_grouped(order);
        const auto found = group_masks(counted);
        REQUIRE(found.size() == expected.size());
        for (std::size_t i = 0; i < found.size(); ++i) {
            std::vector<std::string> members;
            for (const std::size_t member : found[i].members)
                members.push_back(counted[member].mask);
            CHECK(members == expected[i].masks);
            CHECK(words_of(found[i].pattern) == expected[i].pattern);
            joined += members.size() - 1;
        }
    }
    CHECK(joined > 1000);
}

TEST_CASE("an empty mask is a group, and no mask is none") {
    CHECK(group_masks({}).empty());
    CHECK(groups({{"", 1}}).size() == 1);
}
