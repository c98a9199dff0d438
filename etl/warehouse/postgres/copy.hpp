#pragma once

#include "warehouse/postgres/pqxx.ipp"
#include "warehouse/warehouse.hpp"

#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace tidemark::postgres {

constexpr std::string_view execution_columns =
    "execution_key,execution_id,job_key,state,state_code,trigger_id,created_at,ended_at,"
    "duration_ms,created_on,log_count,first_seen_at,changed_at,lost_since,extra,abandoned_since,"
    "content_hash,incomplete,doubtful_after,source_timezone";

constexpr std::string_view log_columns =
    "execution_key,log_id,logged_at,severity,message,extra,shape_key,line_number";

// Rows by COPY, into the table itself or one of the same shape.
void copy_executions(pqxx::work& tx, std::string_view table,
                     std::span<const ExecutionRow* const> rows);
void copy_logs(pqxx::work& tx, std::string_view table, std::span<const ExecutionRow* const> rows);

/// Of each of these executions, by key.
void copy_task_runs(pqxx::work& tx,
                    std::span<const std::pair<Key, const std::vector<TaskRunRow>*>> executions);

} // namespace tidemark::postgres
