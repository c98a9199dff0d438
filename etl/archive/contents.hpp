#pragma once

#include "model/job.hpp"
#include "model/time.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace tidemark {

/// What an archive holds of one job.
struct ArchivedJob {
    Job job;
    bool is_listed = true; ///< in the newest list of jobs
    bool has_body = false; ///< one was ever kept, if only an empty one
    std::int64_t executions = 0;
    std::int64_t versions = 0;      ///< of them
    std::int64_t content_bytes = 0; ///< as they came
    std::int64_t bytes = 0;         ///< as they are stored
    Timestamp last_kept_at;         ///< when the newest body with something new was read
    std::string fault;              ///< what is damaged, as far as heads tell
};

/// All jobs that were ever listed, the listed ones first. Reads the heads alone. Throws Error when
/// there is no archive.
std::vector<ArchivedJob> contents_of(const std::filesystem::path& archive);

} // namespace tidemark
