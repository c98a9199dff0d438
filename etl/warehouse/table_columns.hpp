#pragma once

#include "warehouse/column.hpp"
#include "warehouse/pruned_rows.hpp"
#include "warehouse/rows.hpp"
#include "warehouse/values.hpp"

#include <cstdint>
#include <optional>
#include <tuple>

/// The descriptions of the tables: columns, the members of the row with their values, the key, and
/// what happens to a row that is written again. Statements, binding, JSON, COPY and reading for
/// both databases are made from them.
namespace tidemark {

template <>
inline constexpr auto table_of<OrganisationRow> =
    table("organisation", key("organisation_key", &OrganisationRow::organisation_key),
          column("name", &OrganisationRow::name), column("base_url", &OrganisationRow::base_url),
          column("reporting_timezone", &OrganisationRow::reporting_timezone),
          column("attribution_fingerprint", &OrganisationRow::attribution_fingerprint),
          column("unreadable_jobs", &OrganisationRow::unreadable_jobs),
          column("source_timezone", &OrganisationRow::source_timezone),
          column("read_fingerprint", &OrganisationRow::read_fingerprint),
          column("wording_changed_at", &OrganisationRow::wording_changed_at));

template <>
inline constexpr auto
    table_of<JobRow> = table("job", key("job_key", &JobRow::job_key),
                             column("organisation_key", &JobRow::organisation_key),
                             column("job_id", &JobRow::job_id), column("name", &JobRow::name),
                             column("first_seen_at", &JobRow::first_seen_at),
                             column("missing_since", &JobRow::missing_since),
                             column("excluded_since", &JobRow::excluded_since));

template <>
inline constexpr auto table_of<DataSourceRow> = table(
    "data_source", key("data_source_key", &DataSourceRow::data_source_key),
    column("organisation_key", &DataSourceRow::organisation_key),
    column("name", &DataSourceRow::name), column("max_age_hours", &DataSourceRow::max_age_hours),
    column("is_retired", &DataSourceRow::is_retired));

template <>
inline constexpr auto table_of<TransferTaskRow> =
    table("transfer_task", key("transfer_task_key", &TransferTaskRow::transfer_task_key),
          column("organisation_key", &TransferTaskRow::organisation_key),
          column("name", &TransferTaskRow::name),
          column("data_source_key", &TransferTaskRow::data_source_key));

template <>
inline constexpr auto table_of<WatermarkRow> = table(
    "watermark", key("job_key", &WatermarkRow::job_key),
    column("loaded_through", &WatermarkRow::loaded_through),
    column("read_through", &WatermarkRow::read_through),
    column("open_executions", &WatermarkRow::open_executions),
    column("oldest_available_at", &WatermarkRow::oldest_available_at),
    column("body_order", &WatermarkRow::body_order),
    column("whole_through", &WatermarkRow::whole_through), column("etag", &WatermarkRow::etag),
    column("last_modified", &WatermarkRow::last_modified),
    column("read_settings", &WatermarkRow::read_settings),
    column("rejected_beyond", &WatermarkRow::rejected_beyond));

template <>
inline constexpr auto table_of<AlertRow> =
    table("alert", key("organisation", &AlertRow::organisation), key("channel", &AlertRow::channel),
          key("kind", &AlertRow::kind), key("subject", &AlertRow::subject),
          column("text", &AlertRow::text), column("began_at", &AlertRow::began_at),
          column("told_at", &AlertRow::told_at), column("ended_at", &AlertRow::ended_at));

template <>
inline constexpr auto
    table_of<QueuedRunRow> = table("queued_run", key("job_id", &QueuedRunRow::job_id),
                                   key("asked_at", &QueuedRunRow::asked_at),
                                   column("trigger_id", &QueuedRunRow::trigger_id),
                                   column("settled_at", &QueuedRunRow::settled_at));

/// The columns of the counts of a sync.
template <typename RowType> constexpr auto columns_of(SyncCounts RowType::*counts) {
    return std::tuple{column("executions_new", counts, &SyncCounts::executions_new),
                      column("executions_changed", counts, &SyncCounts::executions_changed),
                      column("executions_unchanged", counts, &SyncCounts::executions_unchanged),
                      column("executions_skipped", counts, &SyncCounts::executions_skipped),
                      column("rejected", counts, &SyncCounts::rejected),
                      column("logs", counts, &SyncCounts::logs),
                      column("bytes", counts, &SyncCounts::bytes)};
}

inline std::optional<std::int64_t> sync_duration(const SyncRunRow& row) {
    return milliseconds_between(row.started_at, row.ended_at);
}

inline std::optional<std::int64_t> execution_duration(const ExecutionRow& row) {
    return duration_ms(row.execution);
}

inline std::optional<std::int64_t> run_duration(const TaskRunRow& row) {
    return milliseconds_between(row.run.started_at, row.run.ended_at);
}

template <>
inline constexpr auto table_of<SyncRunRow> =
    table("sync_run", key("sync_run_key", &SyncRunRow::sync_run_key),
          column("organisation_key", &SyncRunRow::organisation_key),
          column("started_at", &SyncRunRow::started_at), column("ended_at", &SyncRunRow::ended_at),
          column("outcome", &SyncRunRow::outcome), column("jobs", &SyncRunRow::jobs),
          column("jobs_failed", &SyncRunRow::jobs_failed), columns_of(&SyncRunRow::counts),
          column("error", &SyncRunRow::error), computed("duration_ms", sync_duration));

template <>
inline constexpr auto table_of<SyncJobRow> = table("sync_job", key("job_key", &SyncJobRow::job_key),
                                                   key("sync_run_key", &SyncJobRow::sync_run_key),
                                                   column("started_at", &SyncJobRow::started_at),
                                                   column("ended_at", &SyncJobRow::ended_at),
                                                   column("outcome", &SyncJobRow::outcome),
                                                   columns_of(&SyncJobRow::counts),
                                                   column("error", &SyncJobRow::error),
                                                   column("reading", &SyncJobRow::reading));

// a record is stored once per job and content, whichever key it comes with
template <>
inline constexpr auto table_of<RejectedRecordRow> =
    table("rejected_record", kept("rejected_record_key", &RejectedRecordRow::rejected_record_key),
          key("job_key", &RejectedRecordRow::job_key),
          kept("sync_run_key", &RejectedRecordRow::sync_run_key),
          kept("place", &RejectedRecordRow::rejection, &Rejection::place),
          kept("reason", &RejectedRecordRow::rejection, &Rejection::reason),
          kept("record", &RejectedRecordRow::rejection, &Rejection::record),
          key("content_hash", &RejectedRecordRow::rejection, &Rejection::content_hash),
          kept("execution_id", &RejectedRecordRow::rejection, &Rejection::execution_id),
          kept("first_seen_at", &RejectedRecordRow::first_seen_at),
          column("resolved_at", &RejectedRecordRow::resolved_at));

template <>
inline constexpr auto
    table_of<HistoryGapRow> = table("history_gap", key("job_key", &HistoryGapRow::job_key),
                                    key("missing_from", &HistoryGapRow::missing_from),
                                    key("missing_until", &HistoryGapRow::missing_until),
                                    kept("sync_run_key", &HistoryGapRow::sync_run_key));

template <>
inline constexpr auto table_of<MessageShapeRow> =
    table("message_shape", key("organisation_key", &MessageShapeRow::organisation_key),
          key("shape_key", &MessageShapeRow::shape_key), column("mask", &MessageShapeRow::mask),
          column("first_seen_at", &MessageShapeRow::first_seen_at),
          column("last_seen_at", &MessageShapeRow::last_seen_at),
          column("line_count", &MessageShapeRow::line_count),
          column("worst_severity", &MessageShapeRow::worst_severity),
          column("example", &MessageShapeRow::example),
          column("execution_key", &MessageShapeRow::execution_key),
          column("rule", &MessageShapeRow::rule), column("outcome", &MessageShapeRow::outcome),
          kept("known_since", &MessageShapeRow::known_since));

template <>
inline constexpr auto table_of<MessageShapeJobRow> = table(
    "message_shape_job", key("organisation_key", &MessageShapeJobRow::organisation_key),
    key("shape_key", &MessageShapeJobRow::shape_key), key("job_key", &MessageShapeJobRow::job_key),
    column("first_seen_at", &MessageShapeJobRow::first_seen_at),
    column("last_seen_at", &MessageShapeJobRow::last_seen_at),
    column("line_count", &MessageShapeJobRow::line_count));

template <>
inline constexpr auto table_of<CalendarDayRow> = table(
    "calendar_day", key("date_key", &CalendarDayRow::date_key),
    column("date", &CalendarDayRow::date), column("year", &CalendarDayRow::year),
    column("quarter", &CalendarDayRow::quarter), column("month", &CalendarDayRow::month),
    column("day", &CalendarDayRow::day), column("year_month", &CalendarDayRow::year_month),
    column("iso_weekday", &CalendarDayRow::iso_weekday),
    column("iso_week", &CalendarDayRow::iso_week), column("iso_year", &CalendarDayRow::iso_year),
    column("month_name", &CalendarDayRow::month_name),
    column("weekday_name", &CalendarDayRow::weekday_name),
    column("is_working_day", &CalendarDayRow::is_working_day));

/// The columns of an execution itself, without its log lines and task runs.
template <>
inline constexpr auto table_of<ExecutionRow> = table(
    "execution", key("execution_key", &ExecutionRow::execution_key),
    column("execution_id", &ExecutionRow::execution, &Execution::id),
    column("job_key", &ExecutionRow::job_key),
    column("state", &ExecutionRow::execution, &Execution::state),
    column("state_code", &ExecutionRow::execution, &Execution::state_code),
    column("trigger_id", &ExecutionRow::execution, &Execution::trigger_id),
    column("created_at", &ExecutionRow::execution, &Execution::created_at),
    column("ended_at", &ExecutionRow::execution, &Execution::ended_at),
    computed("duration_ms", execution_duration), column("created_on", &ExecutionRow::created_on),
    column("log_count", &ExecutionRow::log_count),
    kept("first_seen_at", &ExecutionRow::first_seen_at),
    column("changed_at", &ExecutionRow::changed_at),
    column("lost_since", &ExecutionRow::lost_since),
    json("extra", &ExecutionRow::execution, &Execution::extra),
    column("abandoned_since", &ExecutionRow::abandoned_since),
    column("content_hash", &ExecutionRow::execution, &Execution::content_hash),
    column("incomplete", &ExecutionRow::execution, &Execution::incomplete),
    column("doubtful_after", &ExecutionRow::execution, &Execution::doubtful_after),
    column("source_timezone", &ExecutionRow::execution, &Execution::source_timezone),
    column("logs_pruned_at", &ExecutionRow::logs_pruned_at),
    column("created_at_local", &ExecutionRow::created_at_local));

template <>
inline constexpr auto
    table_of<ExecutionReadingRow> = table("execution_reading",
                                          key("execution_key", &ExecutionReadingRow::execution_key),
                                          column("bytes_hash", &ExecutionReadingRow::bytes_hash),
                                          column("line_count", &ExecutionReadingRow::line_count),
                                          column("time_trend", &ExecutionReadingRow::time_trend),
                                          column("newest_at", &ExecutionReadingRow::newest_at));

/// Without `execution_key`, which comes from the execution of the lines.
template <>
inline constexpr auto
    table_of<Log> = table("execution_log", key("log_id", &Log::id),
                          column("logged_at", &Log::logged_at), column("severity", &Log::severity),
                          column("message", &Log::message), json("extra", &Log::extra),
                          column("shape_key", &Log::shape_key),
                          column("line_number", &Log::line_number));

/// Without `execution_key`, which comes from the execution of the runs.
template <>
inline constexpr auto table_of<TaskRunRow> =
    table("task_run", key("transfer_task_key", &TaskRunRow::transfer_task_key),
          column("started_at", &TaskRunRow::run, &TaskRun::started_at),
          column("ended_at", &TaskRunRow::run, &TaskRun::ended_at),
          column("outcome", &TaskRunRow::run, &TaskRun::outcome),
          column("last_succeeded_at", &TaskRunRow::run, &TaskRun::last_succeeded_at),
          column("attempts", &TaskRunRow::run, &TaskRun::attempts),
          column("row_count", &TaskRunRow::run, &TaskRun::row_count),
          column("error_message", &TaskRunRow::run, &TaskRun::error_message),
          column("attributed_by", &TaskRunRow::run, &TaskRun::attributed_by),
          computed("duration_ms", run_duration), column("rule", &TaskRunRow::run, &TaskRun::rule),
          column("kind", &TaskRunRow::run, &TaskRun::kind),
          column("completed_at", &TaskRunRow::run, &TaskRun::completed_at),
          column("heard_at", &TaskRunRow::run, &TaskRun::heard_at),
          column("error_code", &TaskRunRow::run, &TaskRun::error_code),
          column("started_at_local", &TaskRunRow::started_at_local));

template <>
inline constexpr auto
    table_of<GivenStartRow> = table("given_start", key("job_key", &GivenStartRow::job_key),
                                    key("expected_at", &GivenStartRow::expected_at));

template <>
inline constexpr auto
    table_of<PruneMarkRow> = table("prune_mark", key("job_key", &PruneMarkRow::job_key),
                                   key("state", &PruneMarkRow::state),
                                   column("pruned_before", &PruneMarkRow::pruned_before),
                                   column("source_timezone", &PruneMarkRow::source_timezone),
                                   column("state_codes", &PruneMarkRow::state_codes));

template <>
inline constexpr auto table_of<JobDayRow> = table(
    "job_day", key("job_key", &JobDayRow::job_key), key("day", &JobDayRow::day),
    key("state", &JobDayRow::state), column("runs", &JobDayRow::runs),
    column("log_lines", &JobDayRow::log_lines), column("timed_runs", &JobDayRow::timed_runs),
    column("duration_ms", &JobDayRow::duration_ms), column("longest_ms", &JobDayRow::longest_ms));

template <>
inline constexpr auto table_of<TaskDayRow> =
    table("task_day", key("transfer_task_key", &TaskDayRow::transfer_task_key),
          key("day", &TaskDayRow::day), key("outcome", &TaskDayRow::outcome),
          column("runs", &TaskDayRow::tally, &RunTally::runs),
          column("timed_runs", &TaskDayRow::tally, &RunTally::timed_runs),
          column("duration_ms", &TaskDayRow::tally, &RunTally::duration_ms),
          column("longest_ms", &TaskDayRow::tally, &RunTally::longest_ms),
          column("counted_runs", &TaskDayRow::tally, &RunTally::counted_runs),
          column("row_count", &TaskDayRow::tally, &RunTally::row_count));

template <>
inline constexpr auto table_of<SourceDayRow> =
    table("source_day", key("data_source_key", &SourceDayRow::data_source_key),
          key("day", &SourceDayRow::day), key("outcome", &SourceDayRow::outcome),
          column("runs", &SourceDayRow::tally, &RunTally::runs),
          column("timed_runs", &SourceDayRow::tally, &RunTally::timed_runs),
          column("duration_ms", &SourceDayRow::tally, &RunTally::duration_ms),
          column("longest_ms", &SourceDayRow::tally, &RunTally::longest_ms),
          column("counted_runs", &SourceDayRow::tally, &RunTally::counted_runs),
          column("row_count", &SourceDayRow::tally, &RunTally::row_count));

} // namespace tidemark
