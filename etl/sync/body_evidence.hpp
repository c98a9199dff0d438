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
/// What some log bodies show about the format of an API.
struct BodyEvidence {
    std::size_t jobs = 0;   ///< jobs whose bodies were requested
    std::size_t bodies = 0; ///< bodies with at least one readable execution
    std::size_t executions = 0;
    std::size_t unreadable = 0; ///< records
    std::string first_unreadable;
    std::size_t oldest_first = 0; ///< bodies with this order of executions
    std::size_t newest_first = 0;
    std::size_t in_no_order = 0;
    std::size_t pascal_case = 0; ///< executions with members in this casing
    std::size_t camel_case = 0;
    std::size_t without_zone = 0;    ///< executions with a timestamp without a zone
    std::optional<Timestamp> newest; ///< newest CreateTime; one without a zone is read as UTC
    std::vector<SeenStateCode> codes;
    std::string first_failure; ///< why a body could not be fetched
};

/// Reads the beginnings of some bodies, only as much as is necessary.
BodyEvidence inspect_bodies(Source& source, std::span<const Job> jobs, const SourceConfig& config);

} // namespace tidemark
