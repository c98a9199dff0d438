#include "warehouse/postgres/writer.hpp"

#include "model/execution.hpp"
#include "warehouse/postgres/citus.hpp"
#include "warehouse/postgres/prune.hpp"
#include "warehouse/postgres/rows.hpp"
#include "warehouse/postgres/values.hpp"
#include "warehouse/template_rows.hpp"
#include "warehouse/values.hpp"

#include <fmt/format.h>

#include <map>
#include <tuple>
#include <unordered_set>
#include <utility>

namespace tidemark::postgres {
namespace {

/// A kind that has its key already keeps it.
constexpr std::string_view insert_templates =
    "INSERT INTO message_template (template_key, shape_key)"
    " SELECT (SELECT greatest(max(template_key), 0) FROM message_template)"
    " + row_number() OVER (ORDER BY given.shape_key), given.shape_key"
    " FROM (SELECT DISTINCT shape_key FROM json_populate_recordset(NULL::message_shape, $1::json)) "
    "given"
    " WHERE NOT EXISTS (SELECT 1 FROM message_template known WHERE known.shape_key = "
    "given.shape_key)";

/// Hands out the keys of their templates.
void number(pqxx::work& tx, const std::vector<MessageShapeRow>& shapes) {
    if (!shapes.empty()) exec(tx, insert_templates, rows_as_json(shapes));
}

/// Writes the shapes of messages, with one statement for each table.
void write_shapes(pqxx::work& tx, const Batch& batch) {
    const auto added = added_shapes(batch.shape_lines);
    number(tx, batch.shapes);
    number(tx, added);
    write_rows(tx, batch.shapes);
    write_rows(tx, batch.shape_jobs);
    write_rows(tx, added,
               on_conflict(outline_of<MessageShapeRow>(), add_to_shape("least", "greatest")));
    write_rows(
        tx, added_shape_jobs(batch.shape_lines),
        on_conflict(outline_of<MessageShapeJobRow>(), add_to_shape_job("least", "greatest")));
    if (!removes_lines(batch.shape_lines)) return;
    exec(tx, delete_empty_shapes);
    exec(tx, delete_empty_shape_jobs);
}

constexpr std::string_view resolve_rejected =
    "UPDATE rejected_record SET resolved_at = $1::timestamptz"
    " WHERE rejected_record_key = ANY ($2::bigint[]) AND resolved_at IS NULL";

void resolve(pqxx::work& tx, const std::vector<Key>& keys, Timestamp resolved_at) {
    if (keys.empty()) return;
    exec(tx, resolve_rejected, to_text(resolved_at), array_of(keys));
}

constexpr std::string_view forget_given_starts =
    "DELETE FROM given_start WHERE job_key IN"
    " (SELECT job_key FROM job WHERE organisation_key = $1::bigint)";

/// What stands in a roll-up by day stays.
constexpr std::string_view unless_rolled_up =
    "DELETE FROM {0} WHERE {0}_key = ANY ($1::bigint[])"
    " AND NOT EXISTS (SELECT 1 FROM {1} WHERE {1}.{0}_key = {0}.{0}_key)";

void remove(pqxx::work& tx, std::string_view sql, const std::vector<Key>& keys) {
    if (!keys.empty()) exec(tx, sql, array_of(keys));
}

/// Those of new executions by COPY, at a fraction of the cost.
void write_readings(pqxx::work& tx, const Batch& batch) {
    std::unordered_set<Key> new_keys;
    for (const ExecutionRow& row : batch.new_executions)
        new_keys.insert(row.execution_key);
    std::vector<const ExecutionReadingRow*> of_new;
    std::vector<ExecutionReadingRow> others;
    for (const auto* row : last_of_each(batch.readings, &ExecutionReadingRow::execution_key)) {
        if (new_keys.contains(row->execution_key)) {
            of_new.push_back(row);
        } else {
            others.push_back(*row);
        }
    }
    copy_rows<ExecutionReadingRow>(tx, "execution_reading", of_new);
    write_rows(tx, others);
}

TableOutline log_table() { return with_key(outline_of<Log>(), "execution_key"); }

void copy_logs(pqxx::work& tx, std::string_view table, std::span<const ExecutionRow* const> rows) {
    auto stream = open_stream(tx, table, written_columns(log_table()));
    for (const ExecutionRow* row : rows) {
        for (const Log* log : in_id_order(row->execution.logs))
            put_row(stream, *log, row->execution_key);
    }
    stream.complete();
}

/// The task runs of these executions, which are given by key.
void copy_task_runs(pqxx::work& tx,
                    std::span<const std::pair<Key, const std::vector<TaskRunRow>*>> executions) {
    const auto table = with_key(outline_of<TaskRunRow>(), "execution_key");
    auto stream = open_stream(tx, table.name, written_columns(table));
    for (const auto& [execution_key, task_runs] : executions) {
        for (const auto* run : last_of_each(*task_runs, &TaskRunRow::transfer_task_key))
            put_row(stream, *run, execution_key);
    }
    stream.complete();
}

// Tables of this session's own, in the shape of those that they are merged into.
constexpr std::string_view create_staging =
    "CREATE TEMPORARY TABLE IF NOT EXISTS staged_execution (LIKE execution)"
    " ON COMMIT DELETE ROWS;"
    " CREATE TEMPORARY TABLE IF NOT EXISTS staged_execution_log (LIKE execution_log)"
    " ON COMMIT DELETE ROWS";

/// Merges the rows of the table of the same name with `staged_` before it.
void merge_staged(pqxx::work& tx, const TableOutline& table) {
    exec(tx, insert_into(table, fmt::format("SELECT {} FROM staged_{}", written_columns(table),
                                            table.name)) +
                 on_conflict(table));
}

constexpr std::string_view reattribute_given =
    "UPDATE execution SET changed_at = given.changed_at, state = given.state,"
    " created_on = given.created_on, created_at_local = given.created_at_local,"
    " lost_since = CASE WHEN ended_at IS NULL OR given.state = 'running' THEN lost_since END,"
    " abandoned_since ="
    " CASE WHEN ended_at IS NULL OR given.state = 'running' THEN abandoned_since END"
    " FROM unnest($1::bigint[], $2::timestamptz[], $3::text[], $4::date[],"
    " $5::timestamp[])"
    " AS given (execution_key, changed_at, state, created_on, created_at_local)"
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

void delete_task_runs(pqxx::work& tx, const std::string& keys) {
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

/// Inserts new executions with their log lines and task runs by COPY. Fails when one is stored
/// already. Each key must occur once.
void insert_executions(pqxx::work& tx, std::span<const ExecutionRow* const> rows) {
    if (rows.empty()) return;
    copy_rows<ExecutionRow>(tx, "execution", rows);
    copy_logs(tx, "execution_log", rows);
    copy_task_runs(tx, runs_of(rows));
}

/// Merges executions with the stored ones, with one statement per table: `first_seen_at` and stored
/// log lines that are not in `rows` stay, task runs are replaced. Each key must occur once.
void merge_executions(pqxx::work& tx, std::span<const ExecutionRow* const> rows) {
    if (rows.empty()) return;
    exec(tx, create_staging);
    copy_rows<ExecutionRow>(tx, "staged_execution", rows);
    copy_logs(tx, "staged_execution_log", rows);
    merge_staged(tx, outline_of<ExecutionRow>());
    merge_staged(tx, log_table());
    std::vector<Key> keys;
    for (const ExecutionRow* row : rows)
        keys.push_back(row->execution_key);
    delete_task_runs(tx, array_of(keys));
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

/// Updates executions and replaces their task runs, with one statement and COPY.
void reattribute_executions(pqxx::work& tx, const std::vector<Reattribution>& rows) {
    if (rows.empty()) return;
    std::vector<Key> keys;
    std::vector<std::string> moments;
    std::vector<std::string_view> states;
    std::vector<std::string> days;
    std::vector<std::string> local_times;
    std::vector<Key> keys_of_runs;
    std::vector<RunsOfExecution> runs;
    for (const auto* row : last_of_each(rows, &Reattribution::execution_key)) {
        keys.push_back(row->execution_key);
        moments.push_back(fmt::format("\"{}\"", to_text(row->changed_at)));
        states.push_back(to_text(row->state));
        days.push_back(to_text(row->created_on));
        local_times.push_back(fmt::format("\"{}\"", to_text(row->created_at_local)));
        if (!row->task_runs) continue;
        keys_of_runs.push_back(row->execution_key);
        runs.emplace_back(row->execution_key, &*row->task_runs);
    }
    exec(tx, reattribute_given, array_of(keys), fmt::format("{{{}}}", fmt::join(moments, ",")),
         fmt::format("{{{}}}", fmt::join(states, ",")), fmt::format("{{{}}}", fmt::join(days, ",")),
         fmt::format("{{{}}}", fmt::join(local_times, ",")));
    if (runs.empty()) return;
    delete_task_runs(tx, array_of(keys_of_runs));
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
    use_one_connection_per_node(tx);
    exec(tx,
         "UPDATE execution_log SET shape_key = given.shape_key"
         " FROM unnest($1::bigint[], $2::uuid[], $3::bigint[])"
         " AS given (execution_key, log_id, shape_key)"
         " WHERE execution_log.execution_key = given.execution_key"
         " AND execution_log.log_id = given.log_id",
         array_of(execution_keys), array_of(log_ids), array_of(shape_keys));
}

} // namespace

// Rows come after those that they refer to.
void write(pqxx::work& tx, const Batch& batch) {
    write_rows(tx, batch.organisations);
    write_rows(tx, batch.jobs);
    write_rows(tx, batch.data_sources);
    write_rows(tx, batch.transfer_tasks);
    if (!batch.calendar.empty()) exec(tx, "DELETE FROM calendar_day");
    write_rows(tx, batch.calendar);
    if (batch.starts_given_anew)
        exec(tx, forget_given_starts, std::to_string(*batch.starts_given_anew));
    write_rows(tx, batch.given_starts);
    insert_executions(tx, last_of_each(batch.new_executions, &ExecutionRow::execution_key));
    merge_executions(tx, last_of_each(batch.changed_executions, &ExecutionRow::execution_key));
    write_readings(tx, batch);
    mark_executions(tx, batch.marks);
    shape_logs(tx, batch.log_shapes);
    reattribute_executions(tx, batch.reattributed);
    write_shapes(tx, batch);
    write_rows(tx, batch.sync_runs);
    write_rows(tx, batch.sync_jobs);
    write_rows(tx, batch.gaps);
    write_rows(tx, batch.rejected);
    resolve(tx, batch.resolved_rejections, batch.resolved_at);
    write_rows(tx, batch.watermarks);
    write_rows(tx, batch.queued_runs);
    write_rows(tx, batch.alerts);
    write_pruned(tx, batch);
    remove(tx, fmt::format(unless_rolled_up, "transfer_task", "task_day"),
           batch.removed_transfer_tasks);
    remove(tx, fmt::format(unless_rolled_up, "data_source", "source_day"),
           batch.removed_data_sources);
}

} // namespace tidemark::postgres
