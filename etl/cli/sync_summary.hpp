#pragma once

#include "config/config.hpp"
#include "sync/sync_log.hpp"

#include <string>
#include <vector>

namespace tidemark {

/// What a person wants to read about last night's sync, a line each: the whole first, then what
/// needs attention.
std::vector<std::string> summary_of(const SyncReport& report, double seconds);

/// How the organisation stands after it: its late data sources in one line, and at last the
/// figures.
std::vector<std::string> standing_lines(const Config& config);

} // namespace tidemark
