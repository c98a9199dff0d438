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

/// `runs_of` returns the task runs of a row, or null.
template <typename RowType, typename RunsOf>
std::vector<Child<TaskRunRow>> task_runs_of(std::span<const RowType* const> rows, RunsOf runs_of) {
    std::vector<Child<TaskRunRow>> children;
    for (const RowType* row : rows) {
        const std::vector<TaskRunRow>* const runs = runs_of(*row);
        if (runs == nullptr) continue;
        for (const TaskRunRow* run : last_of_each(*runs, &TaskRunRow::transfer_task_key))
            children.push_back({row->execution_key, run});
    }
    return children;
}

std::vector<Child<TaskRunRow>> task_runs_of(std::span<const ExecutionRow* const> rows) {
    return task_runs_of(rows, [](const ExecutionRow& row) { return &row.task_runs; });
}

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
    for (const ExecutionRow* row : rows)
        m_insert.write(*row);
    write_logs(rows);
    m_task_runs.write(task_runs_of(rows));
}

void ExecutionWriter::merge(std::span<const ExecutionRow* const> rows) {
    for (const ExecutionRow* row : rows) {
        m_upsert.write(*row);
        m_delete_task_runs.run(row->execution_key);
    }
    write_logs(rows);
    m_task_runs.write(task_runs_of(rows));
}

void ExecutionWriter::mark(const ExecutionMark& mark) {
    m_mark.run(mark.changed_at, mark.lost_since, mark.abandoned_since, mark.execution_key);
}

void ExecutionWriter::reattribute(std::span<const Reattribution* const> rows) {
    for (const Reattribution* row : rows) {
        m_reattribute.run(row->changed_at, to_text(row->state), row->created_on, row->execution_key,
                          row->created_at_local);
        if (row->task_runs) m_delete_task_runs.run(row->execution_key);
    }
    m_task_runs.write(task_runs_of(
        rows, [](const Reattribution& row) { return row.task_runs ? &*row.task_runs : nullptr; }));
}

void ExecutionWriter::shape(const LogShape& row) {
    m_log_shape.run(row.shape_key, row.execution_key, row.log_id);
}

void ExecutionWriter::write_logs(std::span<const ExecutionRow* const> rows) {
    std::vector<Child<Log>> lines;
    for (const ExecutionRow* row : rows) {
        for (const Log* log : in_id_order(row->execution.logs))
            lines.push_back({row->execution_key, log});
    }
    m_logs.write(lines);
}

} // namespace tidemark::sqlite
