#pragma once

#include "archive/archive.hpp"
#include "source/source.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tidemark {

/// What became of one job's saved body.
struct ImportedJob {
    std::string name;
    std::int64_t executions = 0; ///< in the body
    std::int64_t kept = 0;       ///< versions that the archive did not have
    std::int64_t oversized = 0;  ///< executions that are too large to be kept
    std::optional<std::string> error;
};

/// Takes saved bodies into an archive, without any warehouse. They may be older than what is there:
/// a version of an execution that is there too does not replace it, but counts when it tells more.
/// Throws Error when the source or the archive fails.
std::vector<ImportedJob> import_bodies(Source& source, Archive& archive,
                                       std::uint64_t max_execution_bytes, Timestamp now);

} // namespace tidemark
