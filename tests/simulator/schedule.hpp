#pragma once

#include "simulator/options.hpp"

namespace simulator {

/// The moment at which the history begins.
Moment start_of(const OrganisationOptions& options);

/// When a job's execution of this number begins: in the small hours where there is one a day. It
/// ends before the next one begins.
Moment created_at(const OrganisationOptions& options, Moment start, std::size_t job,
                  std::size_t number);

/// How long an execution takes: three to six minutes, or less where the interval is short.
std::chrono::nanoseconds duration_of(const OrganisationOptions& options, std::uint64_t hash);

} // namespace simulator
