#pragma once

#include "config/config.hpp"
#include "model/job.hpp"
#include "source/source.hpp"
#include "sync/state_codes.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace tidemark {
/// What log bodies show of how an API writes them.
struct BodyEvidence {
    std::size_t jobs = 0;   ///< whose bodies were looked at
    std::size_t bodies = 0; ///< of those, with an execution that can be read
    std::size_t executions = 0;
    std::size_t unreadable = 0; ///< records
    std::string first_unreadable;
    std::size_t oldest_first = 0; ///< bodies whose executions come so
    std::size_t newest_first = 0;
    std::size_t in_no_order = 0;
    std::size_t pascal_case = 0; ///< executions whose members are written so
    std::size_t camel_case = 0;
    std::size_t without_zone = 0;    ///< executions with a moment that carries no zone
    std::optional<Timestamp> newest; ///< CreateTime of all; as written, where that has no zone
    std::vector<SeenStateCode> codes;
    std::string first_failure; ///< of a body that could not be had
};

/// Looks at the beginnings of some bodies: enough to tell, and no more than that.
BodyEvidence inspect_bodies(Source& source, std::span<const Job> jobs, const SourceConfig& config);

} // namespace tidemark
