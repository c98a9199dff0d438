#pragma once

#include "config/config.hpp"
#include "model/job.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

/// Whether `*` (any text) and `?` (any one character) in a pattern fit the whole text. ASCII
/// letters match in either case.
bool matches_wildcards(std::string_view pattern, std::string_view text);

/// Whether a pattern fits a job's name or its id.
bool matches_job(std::string_view pattern, const Job& job);

/// The jobs that `[sync] include` and `exclude` leave, in their order.
std::vector<Job> wanted_jobs(std::span<const Job> jobs, const SyncConfig& config);

/// Those of `jobs` that one of the patterns fits; all of them when there is no pattern. Throws
/// ConfigError for a pattern that fits none.
std::vector<Job> picked_jobs(std::span<const Job> jobs, std::span<const std::string> patterns);

} // namespace tidemark
