#include "sync/job_filter.hpp"

#include "config/suggest.hpp"
#include "error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

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

bool fits_any(const std::string& pattern, std::span<const Job> jobs) {
    return std::any_of(jobs.begin(), jobs.end(),
                       [&](const Job& job) { return matches_job(pattern, job); });
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

std::vector<std::string> idle_patterns(std::span<const Job> jobs, const SyncConfig& config) {
    std::vector<std::string> lines;
    for (const auto& [key, patterns] :
         {std::pair{"include", &config.include}, std::pair{"exclude", &config.exclude}}) {
        for (const std::string& pattern : *patterns) {
            if (fits_any(pattern, jobs)) continue;
            lines.push_back(fmt::format("'{}' in 'sync.{}' fits none of the jobs; 'tidemark jobs' "
                                        "lists what there is",
                                        pattern, key));
        }
    }
    return lines;
}

std::optional<std::string> nothing_wanted(std::span<const Job> jobs, const SyncConfig& config) {
    if (jobs.empty()) {
        return "the API lists no job at all; check 'source.base_url', and whose key it is and what "
               "it may see";
    }
    if (!wanted_jobs(jobs, config).empty()) return std::nullopt;
    return fmt::format("'sync.include' and 'sync.exclude' leave none of the {} jobs that the API "
                       "lists; 'tidemark jobs' lists them",
                       jobs.size());
}

std::vector<Job> picked_jobs(std::span<const Job> jobs, std::span<const std::string> patterns) {
    for (const std::string& pattern : patterns) {
        if (!fits_any(pattern, jobs)) {
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
