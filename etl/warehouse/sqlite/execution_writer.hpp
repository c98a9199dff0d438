#pragma once

#include "warehouse/sqlite/log_lines_table.hpp"
#include "warehouse/sqlite/rows.hpp"
#include "warehouse/sqlite/statement.hpp"
#include "warehouse/warehouse.hpp"

namespace tidemark::sqlite {

/// Writes executions with log lines and task runs within the caller's transaction.
class ExecutionWriter {
public:
    explicit ExecutionWriter(Connection& connection);

    /// Inserts a new execution. Fails when it is stored already.
    void insert(const ExecutionRow& row);

    /// Merges an execution with the stored one: `first_seen_at` and stored log lines that are not
    /// in `row` stay.
    void upsert(const ExecutionRow& row);

    void mark(const ExecutionMark& mark);

    void reattribute(const Reattribution& row);

    void shape(const LogShape& row);

private:
    void write_logs(const ExecutionRow& row);
    void write_task_runs(Key execution_key, const std::vector<TaskRunRow>& task_runs);

    RowWriter<ExecutionRow> m_insert;
    RowWriter<ExecutionRow> m_upsert;
    LogTable m_lines;
    Statement m_logs;
    Statement m_delete_task_runs;
    Statement m_task_run;
    Statement m_mark;
    Statement m_reattribute;
    Statement m_log_shape;
};

} // namespace tidemark::sqlite
