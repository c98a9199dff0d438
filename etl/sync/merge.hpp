#pragma once

#include "model/execution.hpp"
#include "model/time.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace tidemark {

/// A stored execution that was received again with other content.
struct MergedExecution {
    Execution execution; ///< with all lines, stored or received; the content hash is that of the
                         ///< received one
    std::vector<Log> changed;  ///< the lines that are new or differ from the stored ones
    std::vector<Log> replaced; ///< the stored lines that they replace
    std::int64_t added = 0;    ///< number of new lines in `changed`
};

/// Merges the stored lines of an execution with the received ones. Stored lines that were not
/// received again stay. Of a line in both, the received one counts. Lines of one moment are in the
/// order in which they were received; a stored line that was not received again stays after the
/// line that it followed. Both logs must be in line order.
///
/// `correction` is that of the zone since the stored lines were read. Stored lines that were not
/// received again move with it, unless those that were received again did not.
MergedExecution merge(const std::vector<Log>& stored, Execution received,
                      const std::optional<ZoneCorrection>& correction = std::nullopt);

} // namespace tidemark
