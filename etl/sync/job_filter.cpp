#include "sync/job_filter.hpp"

#include "config/suggest.hpp"
#include "error.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tidemark {
namespace {

bool matches_any(std::span<const std::string> patterns, const Job& job) {
    return std::any_of(patterns.begin(), patterns.end(),
                       [&](const std::string& pattern) { return matches_job(pattern, job); });
}

std::vector<std::string> names_of(std::span<const Job> jobs) {
    std::vector<std::string> names;
    for (const Job& job : jobs)
        names.push_back(job.name);
    return names;
}

} // namespace

std::vector<Job> wanted_jobs(std::span<const Job> jobs, const SyncConfig& config) {
    std::vector<Job> wanted;
    for (const Job& job : jobs) {
        if (!config.include.empty() && !matches_any(config.include, job)) continue;
        if (!matches_any(config.exclude, job)) wanted.push_back(job);
    }
    return wanted;
}

std::vector<Job> picked_jobs(std::span<const Job> jobs, std::span<const std::string> patterns) {
    for (const std::string& pattern : patterns) {
        const auto fits = [&](const Job& job) { return matches_job(pattern, job); };
        if (std::none_of(jobs.begin(), jobs.end(), fits)) {
            throw ConfigError(
                fmt::format("no job has the name or id '{}'{}; 'tidemark jobs' lists what there is",
                            pattern, did_you_mean(pattern, names_of(jobs))));
        }
    }
    std::vector<Job> picked;
    for (const Job& job : jobs) {
        if (patterns.empty() || matches_any(patterns, job)) picked.push_back(job);
    }
    return picked;
}

} // namespace tidemark
