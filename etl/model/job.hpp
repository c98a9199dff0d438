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

/// The live status of a job, from `GET /public/jobs/status`.
struct JobStatus {
    Guid job_id;
    std::int64_t code = 0; ///< 0 idle, 1 pending, 2 running
    std::string message;

    bool operator==(const JobStatus&) const = default;
};

/// The API's answer to a request to run a job.
struct QueuedRun {
    Guid trigger_id;
    std::string message;
};

/// A list from the API. An entry that cannot be read does not affect the others.
template <typename Entry> struct ApiList {
    std::vector<Entry> entries;   ///< each id once
    RejectionTally unreadable{0}; ///< counts only, keeps none
    std::string first_unreadable; ///< its place and why, in one line
};

using JobList = ApiList<Job>;
using JobStatusList = ApiList<JobStatus>;

/// Whether a pattern with `*` (any text) and `?` (any one character) matches the whole text. Upper
/// and lower case of ASCII letters are equal.
bool matches_wildcards(std::string_view pattern, std::string_view text);

/// Whether a pattern matches a job's name or id.
bool matches_job(std::string_view pattern, const Job& job);

} // namespace tidemark
