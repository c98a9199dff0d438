#include "warehouse/sqlite/writer.hpp"

#include "warehouse/template_rows.hpp"
#include "warehouse/values.hpp"

#include <fmt/format.h>

namespace tidemark::sqlite {
namespace {

constexpr std::string_view insert_shape =
    "INSERT INTO message_shape (organisation_key, shape_key, mask, first_seen_at, last_seen_at,"
    " line_count, worst_severity, example, execution_key, rule, outcome, known_since)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (organisation_key, shape_key) DO UPDATE SET ";

/// A kind that has its key already keeps it.
constexpr std::string_view insert_template =
    "INSERT INTO message_template (template_key, shape_key)"
    " SELECT max(max(template_key), 0) + 1, ? FROM message_template WHERE true"
    " ON CONFLICT (shape_key) DO NOTHING";

constexpr std::string_view insert_shape_job =
    "INSERT INTO message_shape_job (organisation_key, shape_key, job_key, first_seen_at,"
    " last_seen_at, line_count) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (organisation_key, shape_key, job_key) DO UPDATE SET ";

void run(Statement& statement, const MessageShapeRow& row) {
    statement.run(
        row.organisation_key, row.shape_key, row.mask, row.first_seen_at, row.last_seen_at,
        row.line_count, row.worst_severity, row.example, row.execution_key, row.rule,
        row.outcome ? std::optional{to_text(*row.outcome)} : std::nullopt, row.known_since);
}

void run(Statement& statement, const MessageShapeJobRow& row) {
    statement.run(row.organisation_key, row.shape_key, row.job_key, row.first_seen_at,
                  row.last_seen_at, row.line_count);
}

} // namespace

ShapeWriter::ShapeWriter(Connection& connection)
    : m_template(connection, insert_template),
      m_shape(connection, fmt::format("{}{}", insert_shape, replace_shape)),
      m_shape_job(connection, fmt::format("{}{}", insert_shape_job, replace_shape_job)),
      m_add_shape(connection, fmt::format("{}{}", insert_shape, add_to_shape("min", "max"))),
      m_add_shape_job(connection,
                      fmt::format("{}{}", insert_shape_job, add_to_shape_job("min", "max"))),
      m_forget_shapes(connection, "DELETE FROM message_shape WHERE line_count <= 0"),
      m_forget_shape_jobs(connection, "DELETE FROM message_shape_job WHERE line_count <= 0") {}

void ShapeWriter::write(const Batch& batch) {
    for (const MessageShapeRow& row : batch.shapes) {
        m_template.run(row.shape_key);
        run(m_shape, row);
    }
    for (const MessageShapeJobRow& row : batch.shape_jobs)
        run(m_shape_job, row);
    add(batch);
}

void ShapeWriter::add(const Batch& batch) {
    for (const MessageShapeRow& row : added_shapes(batch.shape_lines)) {
        m_template.run(row.shape_key);
        run(m_add_shape, row);
    }
    for (const MessageShapeJobRow& row : added_shape_jobs(batch.shape_lines))
        run(m_add_shape_job, row);
    if (!takes_lines_away(batch.shape_lines)) return;
    m_forget_shapes.run();
    m_forget_shape_jobs.run();
}

namespace {

constexpr std::string_view upsert_organisation =
    "INSERT INTO organisation (organisation_key, name, base_url, reporting_timezone,"
    " attribution_fingerprint, unreadable_jobs, source_timezone, read_fingerprint,"
    " wording_changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (organisation_key) DO UPDATE SET name = excluded.name,"
    " base_url = excluded.base_url, reporting_timezone = excluded.reporting_timezone,"
    " attribution_fingerprint = excluded.attribution_fingerprint,"
    " unreadable_jobs = excluded.unreadable_jobs,"
    " source_timezone = excluded.source_timezone, read_fingerprint = excluded.read_fingerprint,"
    " wording_changed_at = excluded.wording_changed_at";

constexpr std::string_view upsert_job =
    "INSERT INTO job (job_key, organisation_key, job_id, name, first_seen_at, missing_since,"
    " excluded_since) VALUES (?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (job_key) DO UPDATE SET organisation_key = excluded.organisation_key,"
    " job_id = excluded.job_id, name = excluded.name, first_seen_at = excluded.first_seen_at,"
    " missing_since = excluded.missing_since, excluded_since = excluded.excluded_since";

constexpr std::string_view upsert_data_source =
    "INSERT INTO data_source (data_source_key, organisation_key, name, max_age_hours,"
    " is_retired) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (data_source_key) DO UPDATE SET organisation_key = excluded.organisation_key,"
    " name = excluded.name, max_age_hours = excluded.max_age_hours,"
    " is_retired = excluded.is_retired";

constexpr std::string_view upsert_transfer_task =
    "INSERT INTO transfer_task (transfer_task_key, organisation_key, name, data_source_key)"
    " VALUES (?, ?, ?, ?)"
    " ON CONFLICT (transfer_task_key) DO UPDATE SET organisation_key = excluded.organisation_key,"
    " name = excluded.name, data_source_key = excluded.data_source_key";

constexpr std::string_view upsert_sync_run =
    "INSERT INTO sync_run (sync_run_key, organisation_key, started_at, ended_at, outcome, jobs,"
    " jobs_failed, executions_new, executions_changed, executions_unchanged, executions_skipped, "
    "rejected, logs,"
    " bytes, error, duration_ms)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (sync_run_key) DO UPDATE SET organisation_key = excluded.organisation_key,"
    " started_at = excluded.started_at, ended_at = excluded.ended_at,"
    " outcome = excluded.outcome, jobs = excluded.jobs, jobs_failed = excluded.jobs_failed,"
    " executions_new = excluded.executions_new,"
    " executions_changed = excluded.executions_changed,"
    " executions_unchanged = excluded.executions_unchanged,"
    " executions_skipped = excluded.executions_skipped, rejected = excluded.rejected,"
    " logs = excluded.logs, bytes = excluded.bytes, error = excluded.error,"
    " duration_ms = excluded.duration_ms";

constexpr std::string_view replace_sync_job =
    "INSERT OR REPLACE INTO sync_job (sync_run_key, job_key, started_at, ended_at, outcome,"
    " executions_new, executions_changed, executions_unchanged, executions_skipped, rejected, "
    "logs, bytes, error,"
    " reading) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

constexpr std::string_view insert_rejected =
    "INSERT INTO rejected_record (rejected_record_key, job_key, sync_run_key, place, reason,"
    " record, content_hash, execution_id, first_seen_at, resolved_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (job_key, content_hash) DO UPDATE SET resolved_at = excluded.resolved_at";

constexpr std::string_view resolve_rejected =
    "UPDATE rejected_record SET resolved_at = ?"
    " WHERE rejected_record_key = ? AND resolved_at IS NULL";

constexpr std::string_view insert_gap =
    "INSERT INTO history_gap (job_key, missing_from, missing_until, sync_run_key)"
    " VALUES (?, ?, ?, ?)"
    " ON CONFLICT (job_key, missing_from, missing_until) DO NOTHING";

constexpr std::string_view insert_calendar_day =
    "INSERT INTO calendar_day (date_key, date, year, quarter, month, day, year_month, iso_weekday,"
    " iso_week, iso_year, month_name, weekday_name, is_working_day)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

template <typename Enum> std::optional<std::string_view> name_of(const std::optional<Enum>& value) {
    return value ? std::optional{to_text(*value)} : std::nullopt;
}

} // namespace

BatchWriter::BatchWriter(Connection& connection)
    : m_connection(connection),
      m_executions(connection),
      m_shapes(connection),
      m_organisation(connection, upsert_organisation),
      m_job(connection, upsert_job),
      m_data_source(connection, upsert_data_source),
      m_transfer_task(connection, upsert_transfer_task),
      m_sync_run(connection, upsert_sync_run),
      m_sync_job(connection, replace_sync_job),
      m_rejected(connection, insert_rejected),
      m_resolve(connection, resolve_rejected),
      m_gap(connection, insert_gap),
      m_watermarks(connection),
      m_calendar_day(connection, insert_calendar_day),
      m_remove_transfer_task(connection, "DELETE FROM transfer_task WHERE transfer_task_key = ?"),
      m_remove_data_source(connection, "DELETE FROM data_source WHERE data_source_key = ?") {}

void BatchWriter::write(const Batch& batch) {
    if (batch.empty()) return;
    Transaction transaction(m_connection);
    store(batch);
    transaction.commit();
}

void BatchWriter::write_all(const std::function<void(const BatchSink&)>& work) {
    Transaction transaction(m_connection);
    work([this](const Batch& batch) { store(batch); });
    transaction.commit();
}

// Rows come after those that they refer to.
void BatchWriter::store(const Batch& batch) {
    write_dimensions(batch);
    write_calendar(batch.calendar);
    write_executions(batch);
    m_shapes.write(batch);
    write_sync(batch);
    write_rejections(batch);
    m_watermarks.write(batch.watermarks);
    remove_unused(batch);
}

void BatchWriter::remove_unused(const Batch& batch) {
    for (const Key key : batch.removed_transfer_tasks)
        m_remove_transfer_task.run(key);
    for (const Key key : batch.removed_data_sources)
        m_remove_data_source.run(key);
}

void BatchWriter::write_dimensions(const Batch& batch) {
    for (const OrganisationRow& row : batch.organisations) {
        m_organisation.run(row.organisation_key, row.name, row.base_url, row.reporting_timezone,
                           row.attribution_fingerprint, row.unreadable_jobs, row.source_timezone,
                           row.read_fingerprint, row.wording_changed_at);
    }
    for (const JobRow& row : batch.jobs) {
        m_job.run(row.job_key, row.organisation_key, row.job_id, row.name, row.first_seen_at,
                  row.missing_since, row.excluded_since);
    }
    for (const DataSourceRow& row : batch.data_sources) {
        m_data_source.run(row.data_source_key, row.organisation_key, row.name, row.max_age_hours,
                          row.is_retired);
    }
    for (const TransferTaskRow& row : batch.transfer_tasks) {
        m_transfer_task.run(row.transfer_task_key, row.organisation_key, row.name,
                            row.data_source_key);
    }
}

void BatchWriter::write_calendar(const std::vector<CalendarDayRow>& days) {
    if (!days.empty()) m_connection.execute("DELETE FROM calendar_day");
    for (const CalendarDayRow& row : days) {
        m_calendar_day.run(row.date_key, row.date, row.year, row.quarter, row.month, row.day,
                           row.year_month, row.iso_weekday, row.iso_week, row.iso_year,
                           row.month_name, row.weekday_name, row.is_working_day ? 1 : 0);
    }
}

void BatchWriter::write_executions(const Batch& batch) {
    for (const auto* row : last_of_each(batch.new_executions, &ExecutionRow::execution_key))
        m_executions.insert(*row);
    for (const ExecutionRow& row : batch.changed_executions)
        m_executions.upsert(row);
    for (const ExecutionMark& mark : batch.marks)
        m_executions.mark(mark);
    for (const LogShape& row : batch.log_shapes)
        m_executions.shape(row);
    for (const Reattribution& row : batch.reattributed)
        m_executions.reattribute(row);
}

void BatchWriter::write_sync(const Batch& batch) {
    for (const SyncRunRow& row : batch.sync_runs)
        write(row);
    for (const SyncJobRow& row : batch.sync_jobs)
        write(row);
    for (const HistoryGapRow& row : batch.gaps)
        m_gap.run(row.job_key, row.missing_from, row.missing_until, row.sync_run_key);
}

void BatchWriter::write_rejections(const Batch& batch) {
    for (const RejectedRecordRow& row : batch.rejected)
        write(row);
    for (const Key key : batch.resolved_rejections)
        m_resolve.run(batch.resolved_at, key);
}

void BatchWriter::write(const SyncRunRow& row) {
    const SyncCounts& counts = row.counts;
    m_sync_run.run(row.sync_run_key, row.organisation_key, row.started_at, row.ended_at,
                   to_text(row.outcome), row.jobs, row.jobs_failed, counts.executions_new,
                   counts.executions_changed, counts.executions_unchanged,
                   counts.executions_skipped, counts.rejected, counts.logs, counts.bytes, row.error,
                   milliseconds_between(row.started_at, row.ended_at));
}

void BatchWriter::write(const SyncJobRow& row) {
    const SyncCounts& counts = row.counts;
    m_sync_job.run(row.sync_run_key, row.job_key, row.started_at, row.ended_at,
                   to_text(row.outcome), counts.executions_new, counts.executions_changed,
                   counts.executions_unchanged, counts.executions_skipped, counts.rejected,
                   counts.logs, counts.bytes, row.error, name_of(row.reading));
}

void BatchWriter::write(const RejectedRecordRow& row) {
    const Rejection& rejection = row.rejection;
    m_rejected.run(row.rejected_record_key, row.job_key, row.sync_run_key, rejection.place,
                   rejection.reason, rejection.record, rejection.content_hash,
                   rejection.execution_id, row.first_seen_at, row.resolved_at);
}

} // namespace tidemark::sqlite
