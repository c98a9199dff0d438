#pragma once

#include "warehouse/postgres/pqxx.ipp"
#include "warehouse/warehouse.hpp"

#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace tidemark::postgres {
constexpr std::string_view log_columns =
    "execution_key,log_id,logged_at,severity,message,extra,shape_key,line_number";

// Rows by COPY, into the table itself or one of the same shape.
void copy_executions(pqxx::work& tx, std::string_view table,
                     std::span<const ExecutionRow* const> rows);
void copy_logs(pqxx::work& tx, std::string_view table, std::span<const ExecutionRow* const> rows);

/// Of each of these executions, by key.
void copy_task_runs(pqxx::work& tx,
                    std::span<const std::pair<Key, const std::vector<TaskRunRow>*>> executions);

/// Executions of which nothing is stored, with log lines and task runs, by COPY straight into the
/// tables; fails when something is stored. Each key once.
void insert_executions(pqxx::work& tx, std::span<const ExecutionRow* const> rows);

/// Merges with what is stored, by one statement per table: the first sighting and log lines that
/// are not given stay, task runs are replaced. Each key once.
void merge_executions(pqxx::work& tx, std::span<const ExecutionRow* const> rows);

void mark_executions(pqxx::work& tx, const std::vector<ExecutionMark>& marks);

/// Replaces their task runs, by one statement and COPY.
void reattribute_executions(pqxx::work& tx, const std::vector<Reattribution>& rows);
void shape_logs(pqxx::work& tx, const std::vector<LogShape>& rows);

} // namespace tidemark::postgres
