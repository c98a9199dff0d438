#pragma once

#include "config/config.hpp"
#include "report/standing.hpp"
#include "warehouse/tables.hpp"
#include "warehouse/warehouse.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace tidemark {

/// Errors with the same mask.
struct ErrorGroup {
    std::string mask;
    std::string example; ///< the newest, cut at 2 KiB
    bool cut = false;
    std::int64_t count = 0; ///< failed executions whose first error this is
    std::string first_at;   ///< when the first of them began, in UTC, in the format of the view
    std::string last_at;
    std::map<std::string, std::int64_t> jobs; ///< number of executions by the job's name
};

/// The data of the report for one organisation: rows of views, each of which is read once.
struct ReportData {
    std::string organisation;
    TimeZone zone; ///< for the moments in the report
    Timestamp made_at;

    Standing standing;
    std::set<std::string> late; ///< the data sources in late_sources
    std::map<std::string, double>
        usual_gap_hours;            ///< by data source, where at least six loads are known
    std::vector<Row> night;         ///< last_night
    std::vector<ErrorGroup> errors; ///< of a week of failed_runs, the most frequent first
    std::vector<Row> failing;       ///< failing_tasks
    std::vector<Row> rates;         ///< success_rates
    std::vector<Row> durations;     ///< usual_durations
    std::vector<Row> days;          ///< job_durations of the last 30 days
    std::vector<Row> missed;        ///< missed_runs
    std::vector<Row> unattributed;  ///< unattributed_tasks
    std::vector<Row> unmatched;     ///< unmatched_messages
    std::vector<Row> watermarks;    ///< watermarks
    std::int64_t rejected = 0;      ///< rows of rejected_records
    std::int64_t gaps = 0;          ///< rows of history_gaps
};

/// Reads the data of the report at `now`. Throws Error when the warehouse fails.
ReportData read_report_data(Warehouse& warehouse, const Config& config, Timestamp now);

} // namespace tidemark
