#pragma once

#include "warehouse/postgres/pqxx.ipp"
#include "warehouse/warehouse.hpp"

#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace tidemark::postgres {
/// Writes the shapes of messages, with one statement for each table.
void write_shapes(pqxx::work& tx, const Batch& batch);

/// Writes a batch within the caller's transaction: one statement for each small table, COPY for
/// executions.
void write(pqxx::work& tx, const Batch& batch);

// Write rows by COPY, into the table or into one with the same columns.
void copy_executions(pqxx::work& tx, std::string_view table,
                     std::span<const ExecutionRow* const> rows);
void copy_logs(pqxx::work& tx, std::string_view table, std::span<const ExecutionRow* const> rows);

/// The task runs of these executions, which are given by key.
void copy_task_runs(pqxx::work& tx,
                    std::span<const std::pair<Key, const std::vector<TaskRunRow>*>> executions);

/// Inserts new executions with their log lines and task runs by COPY. Fails when one is stored
/// already. Each key must occur once.
void insert_executions(pqxx::work& tx, std::span<const ExecutionRow* const> rows);

/// Merges executions with the stored ones, with one statement per table: `first_seen_at` and stored
/// log lines that are not in `rows` stay, task runs are replaced. Each key must occur once.
void merge_executions(pqxx::work& tx, std::span<const ExecutionRow* const> rows);

void mark_executions(pqxx::work& tx, const std::vector<ExecutionMark>& marks);

/// Updates executions and replaces their task runs, with one statement and COPY.
void reattribute_executions(pqxx::work& tx, const std::vector<Reattribution>& rows);
void shape_logs(pqxx::work& tx, const std::vector<LogShape>& rows);

} // namespace tidemark::postgres
