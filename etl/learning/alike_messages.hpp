#pragma once

#include "learning/name_finding.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace tidemark {

/// A log line: its execution, and the index of its message in a list.
struct MessageOfLine {
    std::uint64_t execution = 0;
    std::size_t message = 0;
};

/// Groups of messages that differ only in their variable parts.
struct AlikeGroups {
    std::vector<AlikeMessages> groups;
    std::vector<std::size_t> group_of; ///< index of the group for each message
};

/// Groups messages that differ only in numbers, times, ids and paths. A number that follows the
/// same word in several executions belongs to this word: it is a part of a name.
AlikeGroups group_alike(const std::vector<std::string>& messages,
                        const std::vector<MessageOfLine>& lines);

} // namespace tidemark
