#pragma once

#include "config/config.hpp"
#include "model/job_match.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace tidemark {

/// The jobs that `[sync] include` and `exclude` leave, in their order.
std::vector<Job> wanted_jobs(std::span<const Job> jobs, const SyncConfig& config);

/// A line for each pattern of `[sync] include` and `exclude` that fits none of the jobs.
std::vector<std::string> idle_patterns(std::span<const Job> jobs, const SyncConfig& config);

/// Why no job is left to be synced, with what to check; nullopt when one is.
std::optional<std::string> nothing_wanted(std::span<const Job> jobs, const SyncConfig& config);

/// Those of `jobs` that one of the patterns fits; all of them when there is no pattern. Throws
/// ConfigError for a pattern that fits none.
std::vector<Job> picked_jobs(std::span<const Job> jobs, std::span<const std::string> patterns);

} // namespace tidemark
