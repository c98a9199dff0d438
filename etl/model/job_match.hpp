#pragma once

#include "model/job.hpp"

#include <string_view>

namespace tidemark {

/// Whether `*` (any text) and `?` (any one character) in a pattern fit the whole text. ASCII
/// letters match in either case.
bool matches_wildcards(std::string_view pattern, std::string_view text);

/// Whether a pattern fits a job's name or its id.
bool matches_job(std::string_view pattern, const Job& job);

} // namespace tidemark
