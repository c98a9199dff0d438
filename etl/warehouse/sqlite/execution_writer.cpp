#include "warehouse/sqlite/execution_writer.hpp"

#include "model/execution.hpp"
#include "warehouse/values.hpp"

#include <tuple>
#include <vector>

namespace tidemark::sqlite {
namespace {

// replaces a line that is stored: on a table with no other index that costs nothing
constexpr std::string_view replace_logs =
    "INSERT OR REPLACE INTO execution_log (execution_key, log_id, logged_at, severity, message,"
    " extra, shape_key, line_number)"
    " SELECT ?, log_id, logged_at, severity, message, extra, shape_key, line_number FROM lines";

constexpr std::string_view reattribute_execution =
    "UPDATE execution SET changed_at = ?1, state = ?2, created_on = ?3, created_at_local = ?5,"
    " lost_since = CASE WHEN ended_at IS NULL OR ?2 = 'running' THEN lost_since END,"
    " abandoned_since = CASE WHEN ended_at IS NULL OR ?2 = 'running' THEN abandoned_since END"
    " WHERE execution_key = ?4";

/// A task run of the execution whose key comes first.
std::string insert_task_run() {
    const auto table = with_key(outline_of<TaskRunRow>(), "execution_key");
    return insert_into(table, places_for(table));
}

} // namespace

ExecutionWriter::ExecutionWriter(Connection& connection)
    : m_insert(connection, ""),
      m_upsert(connection),
      m_lines(connection),
      m_logs(connection, replace_logs),
      m_delete_task_runs(connection, "DELETE FROM task_run WHERE execution_key = ?"),
      m_task_run(connection, insert_task_run()),
      m_mark(connection, "UPDATE execution SET changed_at = ?, lost_since = ?,"
                         " abandoned_since = ? WHERE execution_key = ?"),
      m_reattribute(connection, reattribute_execution),
      m_log_shape(connection, "UPDATE execution_log SET shape_key = ?"
                              " WHERE execution_key = ? AND log_id = ?") {}

void ExecutionWriter::insert(const ExecutionRow& row) {
    m_insert.write(row);
    write_logs(row);
    write_task_runs(row.execution_key, row.task_runs);
}

void ExecutionWriter::upsert(const ExecutionRow& row) {
    m_upsert.write(row);
    write_logs(row);
    m_delete_task_runs.run(row.execution_key);
    write_task_runs(row.execution_key, row.task_runs);
}

void ExecutionWriter::mark(const ExecutionMark& mark) {
    m_mark.run(mark.changed_at, mark.lost_since, mark.abandoned_since, mark.execution_key);
}

void ExecutionWriter::reattribute(const Reattribution& row) {
    m_reattribute.run(row.changed_at, to_text(row.state), row.created_on, row.execution_key,
                      row.created_at_local);
    if (!row.task_runs) return;
    m_delete_task_runs.run(row.execution_key);
    write_task_runs(row.execution_key, *row.task_runs);
}

void ExecutionWriter::shape(const LogShape& row) {
    m_log_shape.run(row.shape_key, row.execution_key, row.log_id);
}

void ExecutionWriter::write_logs(const ExecutionRow& row) {
    m_lines.show(in_id_order(row.execution.logs));
    m_logs.run(row.execution_key);
}

void ExecutionWriter::write_task_runs(Key execution_key, const std::vector<TaskRunRow>& task_runs) {
    for (const auto* task : last_of_each(task_runs, &TaskRunRow::transfer_task_key)) {
        std::apply(
            [&](const auto&... column) { m_task_run.run(execution_key, column.written(*task)...); },
            table_of<TaskRunRow>.columns);
    }
}

} // namespace tidemark::sqlite
