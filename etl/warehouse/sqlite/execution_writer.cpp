#include "warehouse/sqlite/execution_writer.hpp"

#include "model/execution.hpp"
#include "warehouse/values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace tidemark::sqlite {
namespace {

constexpr std::string_view insert_execution =
    "INSERT INTO execution (execution_key, execution_id, job_key, state, state_code, trigger_id,"
    " created_at, ended_at, duration_ms, created_on, log_count, first_seen_at, changed_at,"
    " lost_since, extra, abandoned_since, content_hash, incomplete, doubtful_after,"
    " source_timezone)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

constexpr std::string_view or_update_execution =
    " ON CONFLICT (execution_key) DO UPDATE SET execution_id = excluded.execution_id,"
    " job_key = excluded.job_key, state = excluded.state, state_code = excluded.state_code,"
    " trigger_id = excluded.trigger_id, created_at = excluded.created_at,"
    " ended_at = excluded.ended_at, duration_ms = excluded.duration_ms,"
    " created_on = excluded.created_on, log_count = excluded.log_count,"
    " changed_at = excluded.changed_at, lost_since = excluded.lost_since,"
    " extra = excluded.extra, abandoned_since = excluded.abandoned_since,"
    " content_hash = excluded.content_hash, incomplete = excluded.incomplete,"
    " doubtful_after = excluded.doubtful_after, source_timezone = excluded.source_timezone";

// replaces a line that is stored: on a table with no other index that costs nothing
constexpr std::string_view replace_logs =
    "INSERT OR REPLACE INTO execution_log (execution_key, log_id, logged_at, severity, message,"
    " extra, shape_key, line_number)"
    " SELECT ?, log_id, logged_at, severity, message, extra, shape_key, line_number FROM lines";

constexpr std::string_view reattribute_execution =
    "UPDATE execution SET changed_at = ?1, state = ?2, created_on = ?3,"
    " lost_since = CASE WHEN ended_at IS NULL OR ?2 = 'running' THEN lost_since END,"
    " abandoned_since = CASE WHEN ended_at IS NULL OR ?2 = 'running' THEN abandoned_since END"
    " WHERE execution_key = ?4";

constexpr std::string_view insert_task_run =
    "INSERT INTO task_run (execution_key, transfer_task_key, started_at, ended_at,"
    " outcome, last_succeeded_at, attempts, row_count, error_message, attributed_by, duration_ms,"
    " rule, kind, completed_at, heard_at, error_code)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

/// Members that we do not know, null when there are none.
std::optional<std::string_view> extra_members(const std::string& json) {
    return json.empty() ? std::nullopt : std::optional<std::string_view>{json};
}

} // namespace

ExecutionWriter::ExecutionWriter(Connection& connection)
    : m_insert(connection, insert_execution),
      m_upsert(connection, fmt::format("{}{}", insert_execution, or_update_execution)),
      m_lines(connection),
      m_logs(connection, replace_logs),
      m_forget_task_runs(connection, "DELETE FROM task_run WHERE execution_key = ?"),
      m_task_run(connection, insert_task_run),
      m_mark(connection, "UPDATE execution SET changed_at = ?, lost_since = ?,"
                         " abandoned_since = ? WHERE execution_key = ?"),
      m_reattribute(connection, reattribute_execution),
      m_log_shape(connection, "UPDATE execution_log SET shape_key = ?"
                              " WHERE execution_key = ? AND log_id = ?") {}

void ExecutionWriter::insert(const ExecutionRow& row) {
    write_row(m_insert, row);
    write_logs(row);
    write_task_runs(row.execution_key, row.task_runs);
}

void ExecutionWriter::upsert(const ExecutionRow& row) {
    write_row(m_upsert, row);
    write_logs(row);
    m_forget_task_runs.run(row.execution_key);
    write_task_runs(row.execution_key, row.task_runs);
}

void ExecutionWriter::mark(const ExecutionMark& mark) {
    m_mark.run(mark.changed_at, mark.lost_since, mark.abandoned_since, mark.execution_key);
}

void ExecutionWriter::reattribute(const Reattribution& row) {
    m_reattribute.run(row.changed_at, to_text(row.state), row.created_on, row.execution_key);
    if (!row.task_runs) return;
    m_forget_task_runs.run(row.execution_key);
    write_task_runs(row.execution_key, *row.task_runs);
}

void ExecutionWriter::shape(const LogShape& row) {
    m_log_shape.run(row.shape_key, row.execution_key, row.log_id);
}

void ExecutionWriter::write_row(Statement& statement, const ExecutionRow& row) {
    const Execution& execution = row.execution;
    statement.run(row.execution_key, execution.id, row.job_key, to_text(execution.state),
                  execution.state_code, execution.trigger_id, execution.created_at,
                  execution.ended_at, duration_ms(execution), row.created_on, row.log_count,
                  row.first_seen_at, row.changed_at, row.lost_since, extra_members(execution.extra),
                  row.abandoned_since, execution.content_hash, execution.incomplete,
                  execution.doubtful_after, execution.source_timezone);
}

void ExecutionWriter::write_logs(const ExecutionRow& row) {
    m_lines.show(in_id_order(row.execution.logs));
    m_logs.run(row.execution_key);
}

void ExecutionWriter::write_task_runs(Key execution_key, const std::vector<TaskRunRow>& task_runs) {
    for (const auto* task : last_of_each(task_runs, &TaskRunRow::transfer_task_key)) {
        const TaskRun& run = task->run;
        m_task_run.run(execution_key, task->transfer_task_key, run.started_at, run.ended_at,
                       to_text(run.outcome), run.last_succeeded_at, run.attempts, run.row_count,
                       run.error_message, run.attributed_by,
                       milliseconds_between(run.started_at, run.ended_at), run.rule,
                       to_text(run.kind), run.completed_at, run.heard_at, run.error_code);
    }
}

} // namespace tidemark::sqlite
