#include "sync/job_filter.hpp"

#include "error.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tidemark {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Where the character that begins at `at` ends: UTF-8 continuation bytes belong to it.
std::size_t next_character(std::string_view text, std::size_t at) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U)
        ++at;
    return at;
}

bool matches_any(std::span<const std::string> patterns, const Job& job) {
    return std::any_of(patterns.begin(), patterns.end(),
                       [&](const std::string& pattern) { return matches_job(pattern, job); });
}

} // namespace

bool matches_wildcards(std::string_view pattern, std::string_view text) {
    std::size_t p = 0;
    std::size_t t = 0;
    std::size_t star = std::string_view::npos; // the last * met, to which we come back
    std::size_t after_star = 0;                // where the text after that * was tried
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            after_star = t;
        } else if (p < pattern.size() && pattern[p] == '?') {
            ++p;
            t = next_character(text, t);
        } else if (p < pattern.size() && lower(pattern[p]) == lower(text[t])) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++after_star;
        } else {
            return false;
        }
    }
    return pattern.substr(p).find_first_not_of('*') == std::string_view::npos;
}

bool matches_job(std::string_view pattern, const Job& job) {
    return matches_wildcards(pattern, job.name) || matches_wildcards(pattern, to_text(job.id));
}

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
            throw ConfigError(fmt::format(
                "no job has the name or id '{}'; 'tidemark jobs' lists what there is", pattern));
        }
    }
    std::vector<Job> picked;
    for (const Job& job : jobs) {
        if (patterns.empty() || matches_any(patterns, job)) picked.push_back(job);
    }
    return picked;
}

} // namespace tidemark
