#include "loghub/grouping.hpp"

#include "templates/mask_groups.hpp"
#include "templates/template.hpp"

#include <cstdint>
#include <map>
#include <set>

namespace tidemark::loghub {

std::vector<std::string> by_mask(std::span<const std::string> messages) {
    std::vector<std::string> groups;
    for (const std::string& message : messages)
        groups.push_back(mask_of(message));
    return groups;
}

std::vector<std::string> by_group(std::span<const std::string> messages) {
    std::vector<std::string> groups = by_mask(messages);
    std::map<std::string, std::int64_t> counts;
    for (const std::string& mask : groups)
        ++counts[mask];
    std::vector<CountedMask> masks;
    for (const auto& [mask, count] : counts)
        masks.push_back({.mask = mask, .count = count});
    std::map<std::string, std::string> group_of;
    for (const MaskGroup& group : group_masks(masks)) {
        for (const std::size_t member : group.members)
            group_of[masks[member].mask] = std::to_string(group.members.front());
    }
    for (std::string& group : groups)
        group = group_of.at(group);
    return groups;
}

double grouping_accuracy(std::span<const std::string> groups, std::span<const std::string> events) {
    std::map<std::string, std::set<std::size_t>> by_group;
    std::map<std::string, std::set<std::size_t>> by_event;
    for (std::size_t line = 0; line < events.size(); ++line) {
        by_group[groups[line]].insert(line);
        by_event[events[line]].insert(line);
    }
    std::size_t right = 0;
    for (const auto& [group, lines] : by_group) {
        if (by_event.at(events[*lines.begin()]) == lines) right += lines.size();
    }
    return events.empty() ? 1 : static_cast<double>(right) / static_cast<double>(events.size());
}

} // namespace tidemark::loghub
