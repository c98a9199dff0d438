#pragma once

#include "config/config.hpp"
#include "sync/sync_log.hpp"

#include <string>
#include <vector>

namespace tidemark {

/// The summary of a sync, in lines: first the result, then what needs attention.
std::vector<std::string> summary_of(const SyncReport& report, double seconds);

/// Logs the summary. The first line, and the figures at the end (`with_figures`), are information,
/// all other lines are warnings. Each line must begin with `tidemark: `.
void log_summary(const std::vector<std::string>& lines, const SyncReport& report,
                 bool with_figures);

/// The results of each job, one line each.
std::vector<std::string> details_of(const SyncReport& report);

/// The state of the organisation after the sync: its late data sources in one line, then the
/// figures.
std::vector<std::string> standing_lines(const Config& config);

} // namespace tidemark
