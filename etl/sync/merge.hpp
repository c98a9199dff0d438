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
/// counts. Both logs are ordered by `log_order`.
MergedExecution merge(std::vector<Log> stored, Execution received);

} // namespace tidemark
