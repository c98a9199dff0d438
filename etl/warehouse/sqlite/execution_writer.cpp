#include "warehouse/sqlite/execution_writer.hpp"

#include "model/execution.hpp"
#include "warehouse/values.hpp"

#include <vector>

namespace tidemark::sqlite {
namespace {

constexpr std::string_view reattribute_execution =
    "UPDATE execution SET changed_at = ?1, state = ?2, created_on = ?3, created_at_local = ?5,"
    " lost_since = CASE WHEN ended_at IS NULL OR ?2 = 'running' THEN lost_since END,"
    " abandoned_since = CASE WHEN ended_at IS NULL OR ?2 = 'running' THEN abandoned_since END"
    " WHERE execution_key = ?4";

} // namespace

ExecutionWriter::ExecutionWriter(Connection& connection)
    : m_insert(connection, ""),
      m_upsert(connection),
      // on a table with no other index it costs nothing to replace a line that is stored
      m_logs(connection, "INSERT OR REPLACE", "execution_key"),
      m_delete_task_runs(connection, "DELETE FROM task_run WHERE execution_key = ?"),
      m_task_runs(connection, "INSERT", "execution_key"),
      m_mark(connection, "UPDATE execution SET changed_at = ?, lost_since = ?,"
                         " abandoned_since = ? WHERE execution_key = ?"),
      m_reattribute(connection, reattribute_execution),
      m_log_shape(connection, "UPDATE execution_log SET shape_key = ?"
                              " WHERE execution_key = ? AND log_id = ?") {}

void ExecutionWriter::insert(std::span<const ExecutionRow* const> rows) {
    for (const ExecutionRow* row : rows) {
        m_insert.write(*row);
        add(row->execution_key, row->task_runs);
    }
    write_logs(rows);
    m_task_runs.write();
}

void ExecutionWriter::merge(std::span<const ExecutionRow* const> rows) {
    for (const ExecutionRow* row : rows) {
        m_upsert.write(*row);
        m_delete_task_runs.run(row->execution_key);
        add(row->execution_key, row->task_runs);
    }
    write_logs(rows);
    m_task_runs.write();
}

void ExecutionWriter::mark(const ExecutionMark& mark) {
    m_mark.run(mark.changed_at, mark.lost_since, mark.abandoned_since, mark.execution_key);
}

void ExecutionWriter::reattribute(const std::vector<Reattribution>& rows) {
    for (const Reattribution* row : last_of_each(rows, &Reattribution::execution_key)) {
        m_reattribute.run(row->changed_at, to_text(row->state), row->created_on, row->execution_key,
                          row->created_at_local);
        if (!row->task_runs) continue;
        m_delete_task_runs.run(row->execution_key);
        add(row->execution_key, *row->task_runs);
    }
    m_task_runs.write();
}

void ExecutionWriter::shape(const LogShape& row) {
    m_log_shape.run(row.shape_key, row.execution_key, row.log_id);
}

void ExecutionWriter::write_logs(std::span<const ExecutionRow* const> rows) {
    for (const ExecutionRow* row : rows) {
        for (const Log* log : in_id_order(row->execution.logs))
            m_logs.add(row->execution_key, *log);
    }
    m_logs.write();
}

void ExecutionWriter::add(Key execution_key, const std::vector<TaskRunRow>& task_runs) {
    for (const TaskRunRow* run : last_of_each(task_runs, &TaskRunRow::transfer_task_key))
        m_task_runs.add(execution_key, *run);
}

} // namespace tidemark::sqlite
