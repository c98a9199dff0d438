#pragma once

#include "warehouse/sqlite/rows.hpp"
#include "warehouse/sqlite/rows_table.hpp"
#include "warehouse/sqlite/statement.hpp"
#include "warehouse/warehouse.hpp"

#include <span>
#include <vector>

namespace tidemark::sqlite {

/// Writes executions with log lines and task runs within the caller's transaction.
class ExecutionWriter {
public:
    explicit ExecutionWriter(Connection& connection);

    /// Inserts new executions. Fails when one is stored already. Each key must occur once.
    void insert(std::span<const ExecutionRow* const> rows);

    /// Merges executions with the stored ones: `first_seen_at` and stored log lines that are not
    /// in `rows` stay, task runs are replaced. Each key must occur once.
    void merge(std::span<const ExecutionRow* const> rows);

    void mark(const ExecutionMark& mark);

    /// Each key must occur once.
    void reattribute(std::span<const Reattribution* const> rows);

    void shape(const LogShape& row);

private:
    void write_logs(std::span<const ExecutionRow* const> rows);

    RowWriter<ExecutionRow> m_insert;
    RowWriter<ExecutionRow> m_upsert;
    ChildWriter<Log> m_logs;
    Statement m_delete_task_runs;
    ChildWriter<TaskRunRow> m_task_runs;
    Statement m_mark;
    Statement m_reattribute;
    Statement m_log_shape;
};

} // namespace tidemark::sqlite
