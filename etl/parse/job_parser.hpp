#pragma once

#include "model/job.hpp"

#include <string_view>
#include <vector>

namespace tidemark {

/// Reads the body of `GET /public/jobs`. Throws Error when it is no array of `{Id, Name}`: what it
/// looks like instead, and which entry is wrong. A job listed twice is one (the last name wins); a
/// null or missing name is empty.
std::vector<Job> parse_jobs(std::string_view body);

/// Reads the body of `GET /public/jobs/status`. Throws Error likewise.
std::vector<JobStatus> parse_statuses(std::string_view body);

} // namespace tidemark
