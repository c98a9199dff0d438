#include "warehouse/prune_sql.hpp"

#include "warehouse/table_columns.hpp"

#include <fmt/format.h>

namespace tidemark::prune_sql {
namespace {

/// Sums of two rows, and the larger of two durations, either of which may be null.
std::string added(std::string_view table, std::string_view greatest) {
    return fmt::format("runs = {0}.runs + excluded.runs,"
                       " timed_runs = {0}.timed_runs + excluded.timed_runs,"
                       " duration_ms = {0}.duration_ms + excluded.duration_ms,"
                       " longest_ms = {1}(coalesce({0}.longest_ms, excluded.longest_ms),"
                       " coalesce(excluded.longest_ms, {0}.longest_ms))",
                       table, greatest);
}

/// Of `task_day` or `source_day`, by the key of a run's task.
std::string runs_by_day(std::string_view table, std::string_view key, std::string_view chosen,
                        std::string_view greatest) {
    return fmt::format(
        "INSERT INTO {0} ({1}, day, outcome, runs, timed_runs, duration_ms, longest_ms,"
        " counted_runs, row_count)"
        " SELECT t.{1}, e.created_on, r.outcome, count(*), count(r.duration_ms),"
        " coalesce(sum(r.duration_ms), 0), max(r.duration_ms), count(r.row_count),"
        " coalesce(sum(r.row_count) FILTER (WHERE r.row_count < 1000000000000000), 0)"
        " FROM task_run r JOIN execution e ON e.execution_key = r.execution_key"
        " JOIN transfer_task t ON t.transfer_task_key = r.transfer_task_key"
        " WHERE t.{1} IS NOT NULL AND {2} GROUP BY t.{1}, e.created_on, r.outcome"
        " ON CONFLICT ({1}, day, outcome) DO UPDATE SET {3},"
        " counted_runs = {0}.counted_runs + excluded.counted_runs,"
        " row_count = {0}.row_count + excluded.row_count",
        table, key, with_key(chosen, "e.execution_key"), added(table, greatest));
}

} // namespace

std::string with_key(std::string_view chosen, std::string_view key) {
    return fmt::format(fmt::runtime(chosen), key);
}

std::array<std::string, 3> roll_ups(std::string_view chosen, std::string_view greatest) {
    return {fmt::format("INSERT INTO job_day (job_key, day, state, runs, log_lines, timed_runs,"
                        " duration_ms, longest_ms)"
                        " SELECT e.job_key, e.created_on, e.state, count(*), sum(e.log_count),"
                        " count(e.duration_ms), coalesce(sum(e.duration_ms), 0), max(e.duration_ms)"
                        " FROM execution e WHERE {} GROUP BY e.job_key, e.created_on, e.state"
                        " ON CONFLICT (job_key, day, state) DO UPDATE SET {},"
                        " log_lines = job_day.log_lines + excluded.log_lines",
                        with_key(chosen, "e.execution_key"), added("job_day", greatest)),
            runs_by_day("task_day", "transfer_task_key", chosen, greatest),
            runs_by_day("source_day", "data_source_key", chosen, greatest)};
}

std::string lines_by_shape(std::string_view chosen) {
    return fmt::format("SELECT j.organisation_key, l.shape_key, e.job_key, count(*)"
                       " FROM execution_log l JOIN execution e ON e.execution_key = l.execution_key"
                       " JOIN job j ON j.job_key = e.job_key"
                       " WHERE l.shape_key IS NOT NULL AND {}"
                       " GROUP BY j.organisation_key, l.shape_key, e.job_key",
                       with_key(chosen, "l.execution_key"));
}

std::string resolve_rejections(std::string_view chosen, std::string_view moment) {
    return fmt::format("UPDATE rejected_record SET resolved_at = {}"
                       " WHERE resolved_at IS NULL AND execution_id IN"
                       " (SELECT e.execution_id FROM execution e WHERE {})",
                       moment, with_key(chosen, "e.execution_key"));
}

} // namespace tidemark::prune_sql
