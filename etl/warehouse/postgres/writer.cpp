#include "warehouse/postgres/writer.hpp"

#include "warehouse/postgres/execution_writer.hpp"
#include "warehouse/postgres/prune.hpp"
#include "warehouse/postgres/rows.hpp"
#include "warehouse/postgres/values.hpp"
#include "warehouse/template_rows.hpp"
#include "warehouse/values.hpp"

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

} // namespace

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
    exec(tx, "DELETE FROM message_shape WHERE line_count <= 0");
    exec(tx, "DELETE FROM message_shape_job WHERE line_count <= 0");
}

namespace {

constexpr std::string_view resolve_rejected =
    "UPDATE rejected_record SET resolved_at = $1::timestamptz"
    " WHERE rejected_record_key = ANY ($2::bigint[]) AND resolved_at IS NULL";

void resolve(pqxx::work& tx, const std::vector<Key>& keys, Timestamp resolved_at) {
    if (keys.empty()) return;
    exec(tx, resolve_rejected, to_text(resolved_at), array_of(keys));
}

/// What stands in a roll-up by day stays.
constexpr std::string_view unless_rolled_up =
    "DELETE FROM {0} WHERE {0}_key = ANY ($1::bigint[])"
    " AND NOT EXISTS (SELECT 1 FROM {1} WHERE {1}.{0}_key = {0}.{0}_key)";

void remove(pqxx::work& tx, std::string_view sql, const std::vector<Key>& keys) {
    if (!keys.empty()) exec(tx, sql, array_of(keys));
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
    insert_executions(tx, last_of_each(batch.new_executions, &ExecutionRow::execution_key));
    merge_executions(tx, last_of_each(batch.changed_executions, &ExecutionRow::execution_key));
    write_rows(tx, batch.readings);
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
