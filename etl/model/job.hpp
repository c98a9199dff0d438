#pragma once

#include "model/execution.hpp"
#include "model/guid.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

/// What the API answered when it was asked to run a job.
struct QueuedRun {
    Guid trigger_id;
    std::string message;
};

/// A list of the API's as it was read: an entry that cannot be read does not stop the others.
template <typename Entry> struct ApiList {
    std::vector<Entry> entries;   ///< each id once
    RejectionTally unreadable{0}; ///< none of which is kept
    std::string first_unreadable; ///< its place and why, in one line
};

using JobList = ApiList<Job>;
using JobStatusList = ApiList<JobStatus>;

/// Whether `*` (any text) and `?` (any one character) in a pattern fit the whole text. ASCII
/// letters match in either case.
bool matches_wildcards(std::string_view pattern, std::string_view text);

/// Whether a pattern fits a job's name or its id.
bool matches_job(std::string_view pattern, const Job& job);

} // namespace tidemark
