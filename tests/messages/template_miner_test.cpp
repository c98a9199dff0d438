#include "messages/template_miner.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <map>
#include <random>

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

TEST_CASE("an empty mask is a group, and no mask is none") {
    CHECK(group_masks({}).empty());
    CHECK(groups({{"", 1}}).size() == 1);
}
