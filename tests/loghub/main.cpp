// Scores the grouping of messages on public labelled logs: `loghub DIR`, see README.md.
#include "loghub/grouping.hpp"
#include "loghub/labelled_set.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <set>
#include <string>

using namespace tidemark::loghub;

namespace {

int score(const std::string& folder) {
    const auto sets = read_sets(folder);
    if (sets.empty()) {
        fmt::print(stderr, "loghub: no SET/SET_2k.log_structured.csv in '{}'\n", folder);
        return 1;
    }
    double sum_of_masks = 0;
    double sum_of_groups = 0;
    fmt::print("{:<14}{:>7}{:>8}{:>8}{:>8}\n", "set", "lines", "events", "masks", "groups");
    for (const LabelledSet& set : sets) {
        const double masks = grouping_accuracy(by_mask(set.messages), set.events);
        const double groups = grouping_accuracy(by_group(set.messages), set.events);
        const std::set<std::string> events(set.events.begin(), set.events.end());
        fmt::print("{:<14}{:>7}{:>8}{:>8.3f}{:>8.3f}\n", set.name, set.messages.size(),
                   events.size(), masks, groups);
        sum_of_masks += masks;
        sum_of_groups += groups;
    }
    const auto number = static_cast<double>(sets.size());
    fmt::print("{:<14}{:>7}{:>8}{:>8.3f}{:>8.3f}\n", "mean", "", "", sum_of_masks / number,
               sum_of_groups / number);
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        fmt::print(stderr, "usage: loghub DIR\n");
        return 2;
    }
    try {
        return score(argv[1]);
    } catch (const std::exception& error) {
        fmt::print(stderr, "loghub: {}\n", error.what());
        return 1;
    }
}
