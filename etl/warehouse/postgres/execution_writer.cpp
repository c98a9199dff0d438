#include "warehouse/postgres/execution_writer.hpp"

#include "warehouse/last_of_each.hpp"
#include "warehouse/postgres/copy.hpp"
#include "warehouse/postgres/values.hpp"

#include <fmt/format.h>

#include <map>
#include <tuple>
#include <utility>

namespace tidemark::postgres {
namespace {

// Tables of this session's own, in the shape of those that they are merged into.
constexpr std::string_view create_staging =
    "CREATE TEMPORARY TABLE IF NOT EXISTS staged_execution (LIKE execution)"
    " ON COMMIT DELETE ROWS;"
    " CREATE TEMPORARY TABLE IF NOT EXISTS staged_execution_log (LIKE execution_log)"
    " ON COMMIT DELETE ROWS";

constexpr std::string_view merge_staged_executions =
    "INSERT INTO execution ({0}) SELECT {0} FROM staged_execution"
    " ON CONFLICT (execution_key) DO UPDATE SET execution_id = excluded.execution_id,"
    " job_key = excluded.job_key, state = excluded.state, state_code = excluded.state_code,"
    " trigger_id = excluded.trigger_id, created_at = excluded.created_at,"
    " ended_at = excluded.ended_at, duration_ms = excluded.duration_ms,"
    " created_on = excluded.created_on, log_count = excluded.log_count,"
    " changed_at = excluded.changed_at, lost_since = excluded.lost_since,"
    " extra = excluded.extra, abandoned_since = excluded.abandoned_since,"
    " content_hash = excluded.content_hash, incomplete = excluded.incomplete,"
    " doubtful_after = excluded.doubtful_after, source_timezone = excluded.source_timezone";

constexpr std::string_view merge_staged_logs =
    "INSERT INTO execution_log ({0}) SELECT {0} FROM staged_execution_log"
    " ON CONFLICT (execution_key, log_id) DO UPDATE SET logged_at = excluded.logged_at,"
    " severity = excluded.severity, message = excluded.message, extra = excluded.extra,"
    " shape_key = excluded.shape_key, line_number = excluded.line_number";

constexpr std::string_view reattribute_given =
    "UPDATE execution SET changed_at = given.changed_at, state = given.state,"
    " created_on = given.created_on,"
    " lost_since = CASE WHEN ended_at IS NULL OR given.state = 'running' THEN lost_since END,"
    " abandoned_since ="
    " CASE WHEN ended_at IS NULL OR given.state = 'running' THEN abandoned_since END"
    " FROM unnest($1::bigint[], $2::timestamptz[], $3::text[], $4::date[])"
    " AS given (execution_key, changed_at, state, created_on)"
    " WHERE execution.execution_key = given.execution_key";

/// When the executions changed, since when they are lost, and since when abandoned.
using Marking = std::tuple<Timestamp, std::optional<Timestamp>, std::optional<Timestamp>>;

using RunsOfExecution = std::pair<Key, const std::vector<TaskRunRow>*>;

std::vector<RunsOfExecution> runs_of(std::span<const ExecutionRow* const> rows) {
    std::vector<RunsOfExecution> runs;
    for (const ExecutionRow* row : rows)
        runs.emplace_back(row->execution_key, &row->task_runs);
    return runs;
}

void forget_task_runs(pqxx::work& tx, const std::string& keys) {
    exec(tx, "DELETE FROM task_run WHERE execution_key = ANY ($1::bigint[])", keys);
}

/// Executions that are marked alike: there are few markings, whatever the number of executions.
std::map<Marking, std::vector<Key>> by_marking(const std::vector<ExecutionMark>& marks) {
    std::map<Marking, std::vector<Key>> groups;
    for (const auto* mark : last_of_each(marks, &ExecutionMark::execution_key))
        groups[{mark->changed_at, mark->lost_since, mark->abandoned_since}].push_back(
            mark->execution_key);
    return groups;
}

} // namespace

void insert_executions(pqxx::work& tx, std::span<const ExecutionRow* const> rows) {
    if (rows.empty()) return;
    copy_executions(tx, "execution", rows);
    copy_logs(tx, "execution_log", rows);
    copy_task_runs(tx, runs_of(rows));
}

void merge_executions(pqxx::work& tx, std::span<const ExecutionRow* const> rows) {
    if (rows.empty()) return;
    exec(tx, create_staging);
    copy_executions(tx, "staged_execution", rows);
    copy_logs(tx, "staged_execution_log", rows);
    exec(tx, fmt::format(merge_staged_executions, execution_columns));
    exec(tx, fmt::format(merge_staged_logs, log_columns));
    std::vector<Key> keys;
    for (const ExecutionRow* row : rows)
        keys.push_back(row->execution_key);
    forget_task_runs(tx, array_of(keys));
    copy_task_runs(tx, runs_of(rows));
}

void mark_executions(pqxx::work& tx, const std::vector<ExecutionMark>& marks) {
    for (const auto& [marking, keys] : by_marking(marks)) {
        const auto& [changed_at, lost_since, abandoned_since] = marking;
        const auto lost = cell(lost_since);
        const auto abandoned = cell(abandoned_since);
        exec(tx,
             "UPDATE execution SET changed_at = $1::timestamptz, lost_since = $2::timestamptz,"
             " abandoned_since = $3::timestamptz WHERE execution_key = ANY ($4::bigint[])",
             to_text(changed_at), lost.get(), abandoned.get(), array_of(keys));
    }
}

void reattribute_executions(pqxx::work& tx, const std::vector<Reattribution>& rows) {
    if (rows.empty()) return;
    std::vector<Key> keys;
    std::vector<std::string> moments;
    std::vector<std::string_view> states;
    std::vector<std::string> days;
    std::vector<Key> keys_of_runs;
    std::vector<RunsOfExecution> runs;
    for (const auto* row : last_of_each(rows, &Reattribution::execution_key)) {
        keys.push_back(row->execution_key);
        moments.push_back(fmt::format("\"{}\"", to_text(row->changed_at)));
        states.push_back(to_text(row->state));
        days.push_back(to_text(row->created_on));
        if (!row->task_runs) continue;
        keys_of_runs.push_back(row->execution_key);
        runs.emplace_back(row->execution_key, &*row->task_runs);
    }
    exec(tx, reattribute_given, array_of(keys), fmt::format("{{{}}}", fmt::join(moments, ",")),
         fmt::format("{{{}}}", fmt::join(states, ",")),
         fmt::format("{{{}}}", fmt::join(days, ",")));
    if (runs.empty()) return;
    forget_task_runs(tx, array_of(keys_of_runs));
    copy_task_runs(tx, runs);
}

void shape_logs(pqxx::work& tx, const std::vector<LogShape>& rows) {
    if (rows.empty()) return;
    std::vector<Key> execution_keys;
    std::vector<Guid> log_ids;
    std::vector<std::int64_t> shape_keys;
    for (const LogShape& row : rows) {
        execution_keys.push_back(row.execution_key);
        log_ids.push_back(row.log_id);
        shape_keys.push_back(row.shape_key);
    }
    exec(tx,
         "UPDATE execution_log SET shape_key = given.shape_key"
         " FROM unnest($1::bigint[], $2::uuid[], $3::bigint[])"
         " AS given (execution_key, log_id, shape_key)"
         " WHERE execution_log.execution_key = given.execution_key"
         " AND execution_log.log_id = given.log_id",
         array_of(execution_keys), array_of(log_ids), array_of(shape_keys));
}

} // namespace tidemark::postgres
