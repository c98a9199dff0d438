#include "warehouse/sqlite/writer.hpp"

#include "warehouse/sqlite/prune.hpp"
#include "warehouse/template_rows.hpp"
#include "warehouse/values.hpp"

#include <fmt/format.h>

namespace tidemark::sqlite {
namespace {

/// A kind that has its key already keeps it.
constexpr std::string_view insert_template =
    "INSERT INTO message_template (template_key, shape_key)"
    " SELECT max(max(template_key), 0) + 1, ? FROM message_template WHERE true"
    " ON CONFLICT (shape_key) DO NOTHING";

} // namespace

ShapeWriter::ShapeWriter(Connection& connection)
    : m_template(connection, insert_template),
      m_shapes(connection),
      m_shape_jobs(connection),
      m_added_shapes(connection,
                     on_conflict(outline_of<MessageShapeRow>(), add_to_shape("min", "max"))),
      m_added_shape_jobs(connection, on_conflict(outline_of<MessageShapeJobRow>(),
                                                 add_to_shape_job("min", "max"))),
      m_delete_shapes(connection, delete_empty_shapes),
      m_delete_shape_jobs(connection, delete_empty_shape_jobs) {}

void ShapeWriter::write(const Batch& batch) {
    const auto added = added_shapes(batch.shape_lines);
    number(batch.shapes);
    number(added);
    m_shapes.write(batch.shapes);
    m_shape_jobs.write(batch.shape_jobs);
    m_added_shapes.write(added);
    m_added_shape_jobs.write(added_shape_jobs(batch.shape_lines));
    if (!removes_lines(batch.shape_lines)) return;
    m_delete_shapes.run();
    m_delete_shape_jobs.run();
}

void ShapeWriter::number(const std::vector<MessageShapeRow>& shapes) {
    for (const MessageShapeRow& shape : shapes)
        m_template.run(shape.shape_key);
}

namespace {

constexpr std::string_view resolve_rejected =
    "UPDATE rejected_record SET resolved_at = ?"
    " WHERE rejected_record_key = ? AND resolved_at IS NULL";

constexpr std::string_view forget_given_starts =
    "DELETE FROM given_start WHERE job_key IN"
    " (SELECT job_key FROM job WHERE organisation_key = ?)";

/// What stands in a roll-up by day stays.
constexpr std::string_view unless_rolled_up =
    "DELETE FROM {0} WHERE {0}_key = {2}"
    " AND NOT EXISTS (SELECT 1 FROM {1} WHERE {1}.{0}_key = {0}.{0}_key)";

} // namespace

BatchWriter::BatchWriter(Connection& connection)
    : m_connection(connection),
      m_executions(connection),
      m_readings(connection),
      m_shapes(connection),
      m_organisations(connection),
      m_jobs(connection),
      m_data_sources(connection),
      m_transfer_tasks(connection),
      m_calendar(connection),
      m_forget_given_starts(connection, forget_given_starts),
      m_given_starts(connection),
      m_sync_runs(connection),
      m_sync_jobs(connection),
      m_gaps(connection),
      m_rejected(connection),
      m_resolve(connection, resolve_rejected),
      m_watermarks(connection),
      m_queued_runs(connection),
      m_alerts(connection),
      m_remove_transfer_task(connection,
                             fmt::format(unless_rolled_up, "transfer_task", "task_day", "?")),
      m_remove_data_source(connection,
                           fmt::format(unless_rolled_up, "data_source", "source_day", "?")) {}

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
    m_organisations.write(batch.organisations);
    m_jobs.write(batch.jobs);
    m_data_sources.write(batch.data_sources);
    m_transfer_tasks.write(batch.transfer_tasks);
    if (!batch.calendar.empty()) m_connection.execute("DELETE FROM calendar_day");
    m_calendar.write(batch.calendar);
    if (batch.starts_given_anew) m_forget_given_starts.run(*batch.starts_given_anew);
    m_given_starts.write(batch.given_starts);
    write_executions(batch);
    m_shapes.write(batch);
    m_sync_runs.write(batch.sync_runs);
    m_sync_jobs.write(batch.sync_jobs);
    m_gaps.write(batch.gaps);
    m_rejected.write(batch.rejected);
    for (const Key key : batch.resolved_rejections)
        m_resolve.run(batch.resolved_at, key);
    m_watermarks.write(batch.watermarks);
    m_queued_runs.write(batch.queued_runs);
    m_alerts.write(batch.alerts);
    write_pruned(m_connection, batch);
    remove_unused(batch);
}

void BatchWriter::remove_unused(const Batch& batch) {
    for (const Key key : batch.removed_transfer_tasks)
        m_remove_transfer_task.run(key);
    for (const Key key : batch.removed_data_sources)
        m_remove_data_source.run(key);
}

void BatchWriter::write_executions(const Batch& batch) {
    m_executions.insert(last_of_each(batch.new_executions, &ExecutionRow::execution_key));
    m_executions.merge(last_of_each(batch.changed_executions, &ExecutionRow::execution_key));
    m_readings.write(batch.readings);
    for (const ExecutionMark& mark : batch.marks)
        m_executions.mark(mark);
    for (const LogShape& row : batch.log_shapes)
        m_executions.shape(row);
    m_executions.reattribute(last_of_each(batch.reattributed, &Reattribution::execution_key));
}

} // namespace tidemark::sqlite
