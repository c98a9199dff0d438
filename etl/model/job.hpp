#pragma once

#include "model/guid.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace tidemark {

/// A job as `GET /public/jobs` lists it.
struct Job {
    Guid id;
    std::string name;

    bool operator==(const Job&) const = default;
};

/// A job's live status as `GET /public/jobs/status` tells it.
struct JobStatus {
    Guid job_id;
    std::int64_t code = 0; ///< 0 idle, 1 pending, 2 running
    std::string message;

    bool operator==(const JobStatus&) const = default;
};

} // namespace tidemark
