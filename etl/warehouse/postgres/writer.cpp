#include "warehouse/postgres/writer.hpp"

#include "warehouse/postgres/execution_writer.hpp"
#include "warehouse/postgres/json_rows.hpp"
#include "warehouse/postgres/rows.hpp"
#include "warehouse/postgres/values.hpp"
#include "warehouse/template_rows.hpp"
#include "warehouse/values.hpp"

#include <fmt/format.h>

#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace tidemark::postgres {
namespace {

constexpr std::string_view insert_shapes =
    "INSERT INTO message_shape (organisation_key, shape_key, mask, first_seen_at, last_seen_at,"
    " line_count, worst_severity, example, execution_key, rule, outcome, known_since)"
    " SELECT organisation_key, shape_key, mask, first_seen_at, last_seen_at,"
    " line_count, worst_severity, example, execution_key, rule, outcome, known_since"
    " FROM json_populate_recordset(NULL::message_shape, $1::json)"
    " ON CONFLICT (organisation_key, shape_key) DO UPDATE SET ";

/// A kind that has its key already keeps it.
constexpr std::string_view insert_templates =
    "INSERT INTO message_template (template_key, shape_key)"
    " SELECT (SELECT greatest(max(template_key), 0) FROM message_template)"
    " + row_number() OVER (ORDER BY given.shape_key), given.shape_key"
    " FROM (SELECT DISTINCT shape_key FROM json_populate_recordset(NULL::message_shape, $1::json)) "
    "given"
    " WHERE NOT EXISTS (SELECT FROM message_template known WHERE known.shape_key = "
    "given.shape_key)";

constexpr std::string_view insert_shape_jobs =
    "INSERT INTO message_shape_job (organisation_key, shape_key, job_key, first_seen_at,"
    " last_seen_at, line_count)"
    " SELECT organisation_key, shape_key, job_key, first_seen_at, last_seen_at, line_count"
    " FROM json_populate_recordset(NULL::message_shape_job, $1::json)"
    " ON CONFLICT (organisation_key, shape_key, job_key) DO UPDATE SET ";

template <typename Row>
void upsert(pqxx::work& tx, std::string_view insert, std::string_view update,
            const std::vector<Row>& rows) {
    if (rows.empty()) return;
    exec(tx, fmt::format("{}{}", insert, update), json_array(rows));
}

std::vector<MessageShapeRow> each_once(const std::vector<MessageShapeRow>& rows) {
    std::map<std::pair<Key, std::int64_t>, MessageShapeRow> last;
    for (const MessageShapeRow& row : rows)
        last[{row.organisation_key, row.shape_key}] = row;
    std::vector<MessageShapeRow> kept;
    for (auto& [key, row] : last)
        kept.push_back(std::move(row));
    return kept;
}

std::vector<MessageShapeJobRow> each_once(const std::vector<MessageShapeJobRow>& rows) {
    std::map<std::tuple<Key, std::int64_t, Key>, MessageShapeJobRow> last;
    for (const MessageShapeJobRow& row : rows)
        last[{row.organisation_key, row.shape_key, row.job_key}] = row;
    std::vector<MessageShapeJobRow> kept;
    for (const auto& [key, row] : last)
        kept.push_back(row);
    return kept;
}

} // namespace

void write_shapes(pqxx::work& tx, const Batch& batch) {
    const auto added = added_shapes(batch.shape_lines);
    upsert(tx, insert_templates, "", each_once(batch.shapes));
    upsert(tx, insert_templates, "", added);
    upsert(tx, insert_shapes, replace_shape, each_once(batch.shapes));
    upsert(tx, insert_shape_jobs, replace_shape_job, each_once(batch.shape_jobs));
    upsert(tx, insert_shapes, add_to_shape("least", "greatest"), added);
    upsert(tx, insert_shape_jobs, add_to_shape_job("least", "greatest"),
           added_shape_jobs(batch.shape_lines));
    if (!takes_lines_away(batch.shape_lines)) return;
    exec(tx, "DELETE FROM message_shape WHERE line_count <= 0");
    exec(tx, "DELETE FROM message_shape_job WHERE line_count <= 0");
}

namespace {

constexpr std::string_view upsert_organisations =
    "INSERT INTO organisation (organisation_key, name, base_url, reporting_timezone,"
    " attribution_fingerprint, unreadable_jobs, source_timezone, read_fingerprint,"
    " wording_changed_at)"
    " SELECT organisation_key, name, base_url, reporting_timezone, attribution_fingerprint,"
    " unreadable_jobs, source_timezone, read_fingerprint, wording_changed_at"
    " FROM json_populate_recordset(NULL::organisation, $1::json)"
    " ON CONFLICT (organisation_key) DO UPDATE SET name = excluded.name,"
    " base_url = excluded.base_url, reporting_timezone = excluded.reporting_timezone,"
    " attribution_fingerprint = excluded.attribution_fingerprint,"
    " unreadable_jobs = excluded.unreadable_jobs,"
    " source_timezone = excluded.source_timezone, read_fingerprint = excluded.read_fingerprint,"
    " wording_changed_at = excluded.wording_changed_at";

constexpr std::string_view upsert_jobs =
    "INSERT INTO job (job_key, organisation_key, job_id, name, first_seen_at, missing_since,"
    " excluded_since) SELECT job_key, organisation_key, job_id, name, first_seen_at, missing_since,"
    " excluded_since"
    " FROM json_populate_recordset(NULL::job, $1::json)"
    " ON CONFLICT (job_key) DO UPDATE SET organisation_key = excluded.organisation_key,"
    " job_id = excluded.job_id, name = excluded.name, first_seen_at = excluded.first_seen_at,"
    " missing_since = excluded.missing_since, excluded_since = excluded.excluded_since";

constexpr std::string_view upsert_data_sources =
    "INSERT INTO data_source (data_source_key, organisation_key, name, max_age_hours,"
    " is_retired) SELECT data_source_key, organisation_key, name, max_age_hours, is_retired"
    " FROM json_populate_recordset(NULL::data_source, $1::json)"
    " ON CONFLICT (data_source_key) DO UPDATE SET organisation_key = excluded.organisation_key,"
    " name = excluded.name, max_age_hours = excluded.max_age_hours,"
    " is_retired = excluded.is_retired";

constexpr std::string_view upsert_transfer_tasks =
    "INSERT INTO transfer_task (transfer_task_key, organisation_key, name, data_source_key)"
    " SELECT transfer_task_key, organisation_key, name, data_source_key"
    " FROM json_populate_recordset(NULL::transfer_task, $1::json)"
    " ON CONFLICT (transfer_task_key) DO UPDATE SET organisation_key = excluded.organisation_key,"
    " name = excluded.name, data_source_key = excluded.data_source_key";

constexpr std::string_view upsert_sync_runs =
    "INSERT INTO sync_run (sync_run_key, organisation_key, started_at, ended_at, outcome, jobs,"
    " jobs_failed, executions_new, executions_changed, executions_unchanged, executions_skipped, "
    "rejected, logs,"
    " bytes, error, duration_ms)"
    " SELECT sync_run_key, organisation_key, started_at, ended_at, outcome, jobs,"
    " jobs_failed, executions_new, executions_changed, executions_unchanged, executions_skipped, "
    "rejected, logs,"
    " bytes, error, duration_ms"
    " FROM json_populate_recordset(NULL::sync_run, $1::json)"
    " ON CONFLICT (sync_run_key) DO UPDATE SET organisation_key = excluded.organisation_key,"
    " started_at = excluded.started_at, ended_at = excluded.ended_at,"
    " outcome = excluded.outcome, jobs = excluded.jobs, jobs_failed = excluded.jobs_failed,"
    " executions_new = excluded.executions_new,"
    " executions_changed = excluded.executions_changed,"
    " executions_unchanged = excluded.executions_unchanged,"
    " executions_skipped = excluded.executions_skipped, rejected = excluded.rejected,"
    " logs = excluded.logs, bytes = excluded.bytes, error = excluded.error,"
    " duration_ms = excluded.duration_ms";

constexpr std::string_view insert_calendar =
    "INSERT INTO calendar_day (date_key, date, year, quarter, month, day, year_month, iso_weekday,"
    " iso_week, iso_year, month_name, weekday_name, is_working_day)"
    " SELECT date_key, date, year, quarter, month, day, year_month, iso_weekday,"
    " iso_week, iso_year, month_name, weekday_name, is_working_day"
    " FROM json_populate_recordset(NULL::calendar_day, $1::json)";

constexpr std::string_view upsert_sync_jobs =
    "INSERT INTO sync_job (sync_run_key, job_key, started_at, ended_at, outcome,"
    " executions_new, executions_changed, executions_unchanged, executions_skipped, rejected, "
    "logs, bytes, error,"
    " reading)"
    " SELECT sync_run_key, job_key, started_at, ended_at, outcome,"
    " executions_new, executions_changed, executions_unchanged, executions_skipped, rejected, "
    "logs, bytes, error,"
    " reading"
    " FROM json_populate_recordset(NULL::sync_job, $1::json)"
    " ON CONFLICT (job_key, sync_run_key) DO UPDATE SET started_at = excluded.started_at,"
    " ended_at = excluded.ended_at, outcome = excluded.outcome,"
    " executions_new = excluded.executions_new,"
    " executions_changed = excluded.executions_changed,"
    " executions_unchanged = excluded.executions_unchanged,"
    " executions_skipped = excluded.executions_skipped, rejected = excluded.rejected,"
    " logs = excluded.logs, bytes = excluded.bytes, error = excluded.error,"
    " reading = excluded.reading";

constexpr std::string_view upsert_rejected =
    "INSERT INTO rejected_record (rejected_record_key, job_key, sync_run_key, place, reason,"
    " record, content_hash, execution_id, first_seen_at, resolved_at)"
    " SELECT rejected_record_key, job_key, sync_run_key, place, reason,"
    " record, content_hash, execution_id, first_seen_at, resolved_at"
    " FROM json_populate_recordset(NULL::rejected_record, $1::json)"
    " ON CONFLICT (job_key, content_hash) DO UPDATE SET resolved_at = excluded.resolved_at";

constexpr std::string_view resolve_rejected =
    "UPDATE rejected_record SET resolved_at = $1::timestamptz"
    " WHERE rejected_record_key = ANY ($2::bigint[]) AND resolved_at IS NULL";

constexpr std::string_view insert_gaps =
    "INSERT INTO history_gap (job_key, missing_from, missing_until, sync_run_key)"
    " SELECT job_key, missing_from, missing_until, sync_run_key"
    " FROM json_populate_recordset(NULL::history_gap, $1::json)"
    " ON CONFLICT (job_key, missing_from, missing_until) DO NOTHING";

template <typename Row>
void upsert(pqxx::work& tx, std::string_view sql, const std::vector<const Row*>& rows) {
    if (rows.empty()) return;
    std::string array;
    for (const Row* row : rows)
        array += (array.empty() ? "[" : ",") + json_row(*row);
    exec(tx, sql, array + "]");
}

std::vector<const SyncJobRow*> last_sync_jobs(const std::vector<SyncJobRow>& rows) {
    std::map<std::pair<Key, Key>, const SyncJobRow*> last;
    for (const SyncJobRow& row : rows)
        last[{row.job_key, row.sync_run_key}] = &row;
    std::vector<const SyncJobRow*> kept;
    for (const auto& [key, row] : last)
        kept.push_back(row);
    return kept;
}

/// The first of the same record stays, as it does from one batch to the next.
std::vector<const RejectedRecordRow*> first_of_each(const std::vector<RejectedRecordRow>& rows) {
    std::set<std::pair<Key, std::uint64_t>> seen;
    std::vector<const RejectedRecordRow*> kept;
    for (const RejectedRecordRow& row : rows) {
        if (seen.emplace(row.job_key, row.rejection.content_hash).second) kept.push_back(&row);
    }
    return kept;
}

template <typename Row> std::vector<const Row*> all_of(const std::vector<Row>& rows) {
    std::vector<const Row*> all;
    for (const Row& row : rows)
        all.push_back(&row);
    return all;
}

void resolve(pqxx::work& tx, const std::vector<Key>& keys, Timestamp resolved_at) {
    if (keys.empty()) return;
    exec(tx, resolve_rejected, to_text(resolved_at), array_of(keys));
}

void remove(pqxx::work& tx, std::string_view sql, const std::vector<Key>& keys) {
    if (!keys.empty()) exec(tx, sql, array_of(keys));
}

} // namespace

// Rows come after those that they refer to.
void write(pqxx::work& tx, const Batch& batch) {
    upsert(tx, upsert_organisations,
           last_of_each(batch.organisations, &OrganisationRow::organisation_key));
    upsert(tx, upsert_jobs, last_of_each(batch.jobs, &JobRow::job_key));
    upsert(tx, upsert_data_sources,
           last_of_each(batch.data_sources, &DataSourceRow::data_source_key));
    upsert(tx, upsert_transfer_tasks,
           last_of_each(batch.transfer_tasks, &TransferTaskRow::transfer_task_key));
    if (!batch.calendar.empty()) exec(tx, "DELETE FROM calendar_day");
    upsert(tx, insert_calendar, all_of(batch.calendar));
    insert_executions(tx, last_of_each(batch.new_executions, &ExecutionRow::execution_key));
    merge_executions(tx, last_of_each(batch.changed_executions, &ExecutionRow::execution_key));
    mark_executions(tx, batch.marks);
    shape_logs(tx, batch.log_shapes);
    reattribute_executions(tx, batch.reattributed);
    write_shapes(tx, batch);
    upsert(tx, upsert_sync_runs, last_of_each(batch.sync_runs, &SyncRunRow::sync_run_key));
    upsert(tx, upsert_sync_jobs, last_sync_jobs(batch.sync_jobs));
    upsert(tx, insert_gaps, all_of(batch.gaps));
    upsert(tx, upsert_rejected, first_of_each(batch.rejected));
    resolve(tx, batch.resolved_rejections, batch.resolved_at);
    write_rows(tx, batch.watermarks);
    remove(tx, "DELETE FROM transfer_task WHERE transfer_task_key = ANY ($1::bigint[])",
           batch.removed_transfer_tasks);
    remove(tx, "DELETE FROM data_source WHERE data_source_key = ANY ($1::bigint[])",
           batch.removed_data_sources);
}

} // namespace tidemark::postgres
