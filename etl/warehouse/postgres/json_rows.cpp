#include "warehouse/postgres/json_rows.hpp"

#include "warehouse/values.hpp"

#include <nlohmann/json.hpp>

#include <bit>

namespace tidemark::postgres {
namespace {

using nlohmann::json;

json form(std::int64_t value) { return value; }
json form(double value) { return value; }
json form(const std::string& value) { return value; }
json form(const Guid& value) { return text_form(value).view(); }
json form(Date value) { return text_form(value).view(); }
json form(Timestamp value) { return text_form(value).view(); }
json form(TaskOutcome value) { return to_text(value); }

json form(BodyReading value) { return to_text(value); }

template <typename T> json form(const std::optional<T>& value) {
    return value ? form(*value) : json(nullptr);
}

void add(json& row, const SyncCounts& counts) {
    row["executions_new"] = counts.executions_new;
    row["executions_changed"] = counts.executions_changed;
    row["executions_unchanged"] = counts.executions_unchanged;
    row["executions_skipped"] = counts.executions_skipped;
    row["rejected"] = counts.rejected;
    row["logs"] = counts.logs;
    row["bytes"] = counts.bytes;
}

std::string text_of(const json& row) {
    return row.dump(-1, ' ', false, json::error_handler_t::replace);
}

} // namespace

std::string json_row(const OrganisationRow& row) {
    return text_of({{"organisation_key", row.organisation_key},
                    {"name", row.name},
                    {"base_url", row.base_url},
                    {"reporting_timezone", row.reporting_timezone},
                    {"attribution_fingerprint", form(row.attribution_fingerprint)},
                    {"unreadable_jobs", form(row.unreadable_jobs)},
                    {"source_timezone", form(row.source_timezone)},
                    {"read_fingerprint", form(row.read_fingerprint)},
                    {"wording_changed_at", form(row.wording_changed_at)}});
}

std::string json_row(const JobRow& row) {
    return text_of({{"job_key", row.job_key},
                    {"organisation_key", row.organisation_key},
                    {"job_id", form(row.job_id)},
                    {"name", row.name},
                    {"first_seen_at", form(row.first_seen_at)},
                    {"missing_since", form(row.missing_since)},
                    {"excluded_since", form(row.excluded_since)}});
}

std::string json_row(const DataSourceRow& row) {
    return text_of({{"data_source_key", row.data_source_key},
                    {"organisation_key", row.organisation_key},
                    {"name", row.name},
                    {"max_age_hours", form(row.max_age_hours)},
                    {"is_retired", row.is_retired ? 1 : 0}});
}

std::string json_row(const TransferTaskRow& row) {
    return text_of({{"transfer_task_key", row.transfer_task_key},
                    {"organisation_key", row.organisation_key},
                    {"name", row.name},
                    {"data_source_key", form(row.data_source_key)}});
}

std::string json_row(const CalendarDayRow& row) {
    return text_of({{"date_key", row.date_key},
                    {"date", form(row.date)},
                    {"year", form(row.year)},
                    {"quarter", form(row.quarter)},
                    {"month", form(row.month)},
                    {"day", form(row.day)},
                    {"year_month", row.year_month},
                    {"iso_weekday", form(row.iso_weekday)},
                    {"iso_week", form(row.iso_week)},
                    {"iso_year", form(row.iso_year)},
                    {"month_name", row.month_name},
                    {"weekday_name", row.weekday_name},
                    {"is_working_day", row.is_working_day ? 1 : 0}});
}

std::string json_row(const SyncRunRow& row) {
    json result = {{"sync_run_key", row.sync_run_key},
                   {"organisation_key", row.organisation_key},
                   {"started_at", form(row.started_at)},
                   {"ended_at", form(row.ended_at)},
                   {"outcome", to_text(row.outcome)},
                   {"jobs", row.jobs},
                   {"jobs_failed", row.jobs_failed},
                   {"error", form(row.error)},
                   {"duration_ms", form(milliseconds_between(row.started_at, row.ended_at))}};
    add(result, row.counts);
    return text_of(result);
}

std::string json_row(const SyncJobRow& row) {
    json result = {{"sync_run_key", row.sync_run_key},   {"job_key", row.job_key},
                   {"started_at", form(row.started_at)}, {"ended_at", form(row.ended_at)},
                   {"outcome", to_text(row.outcome)},    {"error", form(row.error)},
                   {"reading", form(row.reading)}};
    add(result, row.counts);
    return text_of(result);
}

std::string json_row(const HistoryGapRow& row) {
    return text_of({{"job_key", row.job_key},
                    {"missing_from", form(row.missing_from)},
                    {"missing_until", form(row.missing_until)},
                    {"sync_run_key", row.sync_run_key}});
}

std::string json_row(const RejectedRecordRow& row) {
    const Rejection& rejection = row.rejection;
    return text_of({{"rejected_record_key", row.rejected_record_key},
                    {"job_key", row.job_key},
                    {"sync_run_key", row.sync_run_key},
                    {"place", rejection.place},
                    {"reason", rejection.reason},
                    {"record", rejection.record},
                    {"content_hash", std::bit_cast<std::int64_t>(rejection.content_hash)},
                    {"execution_id", form(rejection.execution_id)},
                    {"first_seen_at", form(row.first_seen_at)},
                    {"resolved_at", form(row.resolved_at)}});
}

std::string json_row(const MessageShapeRow& row) {
    return text_of({{"organisation_key", row.organisation_key},
                    {"shape_key", row.shape_key},
                    {"mask", row.mask},
                    {"first_seen_at", form(row.first_seen_at)},
                    {"last_seen_at", form(row.last_seen_at)},
                    {"line_count", row.line_count},
                    {"worst_severity", row.worst_severity},
                    {"example", row.example},
                    {"execution_key", row.execution_key},
                    {"rule", form(row.rule)},
                    {"outcome", form(row.outcome)},
                    {"known_since", form(row.known_since)}});
}

std::string json_row(const MessageShapeJobRow& row) {
    return text_of({{"organisation_key", row.organisation_key},
                    {"shape_key", row.shape_key},
                    {"job_key", row.job_key},
                    {"first_seen_at", form(row.first_seen_at)},
                    {"last_seen_at", form(row.last_seen_at)},
                    {"line_count", row.line_count}});
}

} // namespace tidemark::postgres
