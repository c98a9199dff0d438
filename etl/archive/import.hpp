#pragma once

#include "archive/archive.hpp"
#include "source/source.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tidemark {

/// The result of importing the saved body of one job.
struct ImportedJob {
    std::string name;
    std::int64_t executions = 0; ///< in the body
    std::int64_t kept = 0;       ///< new versions
    std::int64_t oversized = 0;  ///< executions that were too large to keep
    std::optional<std::string> error;
};

/// Imports saved bodies into an archive, without a warehouse. They may be older than the content of
/// the archive: an imported version does not replace the newest one, but it counts when it contains
/// more. Throws Error when the source or the archive fails.
std::vector<ImportedJob> import_bodies(Source& source, Archive& archive,
                                       std::uint64_t max_execution_bytes, Timestamp now);

} // namespace tidemark
