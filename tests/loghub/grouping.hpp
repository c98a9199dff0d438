#pragma once

#include <span>
#include <string>
#include <vector>

namespace tidemark::loghub {

/// For each message the group that it is in, by masks alone.
std::vector<std::string> by_mask(std::span<const std::string> messages);

/// The same by the groups that the miner makes of the masks.
std::vector<std::string> by_group(std::span<const std::string> messages);

/// The share of lines whose group is exactly the set of lines of their event.
double grouping_accuracy(std::span<const std::string> groups, std::span<const std::string> events);

} // namespace tidemark::loghub
