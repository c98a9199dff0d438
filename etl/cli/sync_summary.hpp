#pragma once

#include "config/config.hpp"
#include "sync/sync_log.hpp"

#include <string>
#include <vector>

namespace tidemark {

/// What a person wants to read about last night's sync, a line each: the whole first, then what
/// needs attention.
std::vector<std::string> summary_of(const SyncReport& report, double seconds);

/// A line for each of the organisation's data sources whose last success is older than
/// `[freshness]` allows.
std::vector<std::string> late_sources(const Config& config);

} // namespace tidemark
