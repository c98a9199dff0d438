#pragma once

#include "config/config.hpp"
#include "sync/sync_log.hpp"

#include <string>
#include <vector>

namespace tidemark {

/// What a person wants to read about last night's sync, a line each: the whole first, then what
/// needs attention.
std::vector<std::string> summary_of(const SyncReport& report, double seconds);

/// Logs the summary: the headline, and the figures where they stand at its end, as information,
/// what is between them as warnings. Each line begins with `tidemark: `.
void log_summary(const std::vector<std::string>& lines, const SyncReport& report,
                 bool with_figures);

/// What came of each job, a line each, for those who want to know more.
std::vector<std::string> details_of(const SyncReport& report);

/// How the organisation stands after it: its late data sources in one line, and at last the
/// figures.
std::vector<std::string> standing_lines(const Config& config);

} // namespace tidemark
