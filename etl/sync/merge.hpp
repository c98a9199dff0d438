#pragma once

#include "model/execution.hpp"

#include <cstdint>
#include <vector>

namespace tidemark {

/// An execution that is stored and came again with other content.
struct MergedExecution {
    Execution execution; ///< with every line, stored or received; the hash is that of what came
    std::vector<Log> changed;  ///< the lines that are not stored as they are now
    std::vector<Log> replaced; ///< the stored lines that they take the place of
    std::int64_t added = 0;    ///< of those that changed, the ones that are not stored at all
};

/// Lines that are stored and did not come again stay: history is kept. Of a line in both, what came
/// counts. Lines of one moment are in the order in which they came; a stored one that did not come
/// again stays behind the line that it stood behind. Both logs are in line order.
MergedExecution merge(const std::vector<Log>& stored, Execution received);

} // namespace tidemark
