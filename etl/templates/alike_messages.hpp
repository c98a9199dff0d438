#pragma once

#include "templates/name_finding.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace tidemark {

/// A line of a log: its execution and its message, by its place in a list.
struct MessageOfLine {
    std::uint64_t execution = 0;
    std::size_t message = 0;
};

/// Messages by what they share.
struct AlikeGroups {
    std::vector<AlikeMessages> groups;
    std::vector<std::size_t> group_of; ///< by message
};

/// Groups messages that differ in their numbers, times, ids and paths only. A number that stands
/// behind the same word in several executions belongs to that word: it is a part of a name.
AlikeGroups group_alike(const std::vector<std::string>& messages,
                        const std::vector<MessageOfLine>& lines);

} // namespace tidemark
