#include "warehouse/tables.hpp"

#include "error.hpp"
#include "text/did_you_mean.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

namespace tidemark {
const Value& Row::value(std::string_view column) const {
    static const Value null;
    const auto found = values.find(column);
    return found == values.end() ? null : found->second;
}

std::string Row::text(std::string_view column) const { return to_text(value(column)); }

std::int64_t Row::integer(std::string_view column) const {
    return value_as<std::int64_t>(value(column), column);
}

void require_relation(const std::vector<std::string>& names, std::string_view name,
                      std::string_view warehouse) {
    if (std::find(names.begin(), names.end(), name) != names.end()) return;
    throw ConfigError(
        fmt::format("there is no table or view '{}' in '{}'{}; 'tidemark query' lists the views",
                    name, warehouse, did_you_mean(name, names)));
}

void each_row(Warehouse& warehouse, std::string_view view,
              const std::function<void(const Row&)>& take) {
    std::vector<std::string> names;
    warehouse.read(view, {[&](const auto& columns) { names = columns; },
                          [&](const auto& values) {
                              Row row;
                              for (std::size_t i = 0; i < values.size(); ++i) {
                                  row.values.emplace(names[i], values[i]);
                              }
                              take(row);
                          }});
}

std::vector<Row> read_rows(Warehouse& warehouse, std::string_view view) {
    std::vector<Row> rows;
    each_row(warehouse, view, [&](const Row& row) { rows.push_back(row); });
    return rows;
}

namespace {

bool is_null(const Row& row, std::string_view column) {
    const auto found = row.values.find(column);
    return found == row.values.end() || std::holds_alternative<std::monostate>(found->second);
}

/// What `read` makes of a column's text; throws Error when it makes nothing of it.
template <typename Read> auto required(const Row& row, std::string_view column, Read read) {
    const auto value = read(row.text(column));
    if (!value) {
        throw Error(fmt::format("column '{}' holds '{}', which is none of its values", column,
                                row.text(column)));
    }
    return *value;
}

Timestamp moment(const Row& row, std::string_view column) {
    return required(row, column, timestamp_from_text);
}

Guid guid(const Row& row, std::string_view column) { return required(row, column, parse_guid); }

template <typename Get>
auto nullable(const Row& row, std::string_view column, Get get)
    -> std::optional<decltype(get(row, column))> {
    if (is_null(row, column)) return std::nullopt;
    return get(row, column);
}

std::string text(const Row& row, std::string_view column) { return row.text(column); }
std::int64_t integer(const Row& row, std::string_view column) { return row.integer(column); }

std::uint64_t hash(const Row& row, std::string_view column) {
    return std::bit_cast<std::uint64_t>(row.integer(column));
}

double real(const Row& row, std::string_view column) {
    const Value& value = row.values.find(column)->second;
    const auto* number = std::get_if<double>(&value);
    return number != nullptr ? *number : static_cast<double>(row.integer(column));
}

TaskOutcome task_outcome(const Row& row, std::string_view column) {
    return task_outcome_from_text(row.text(column));
}

SyncOutcome sync_outcome(const Row& row) {
    for (const auto outcome : {SyncOutcome::running, SyncOutcome::succeeded, SyncOutcome::partial,
                               SyncOutcome::failed}) {
        if (to_text(outcome) == row.text("outcome")) return outcome;
    }
    return SyncOutcome::interrupted;
}

SyncCounts counts(const Row& row) {
    return {.executions_new = row.integer("executions_new"),
            .executions_changed = row.integer("executions_changed"),
            .executions_unchanged = row.integer("executions_unchanged"),
            .executions_skipped = row.integer("executions_skipped"),
            .rejected = row.integer("rejected"),
            .logs = row.integer("logs"),
            .bytes = row.integer("bytes")};
}

} // namespace

OrganisationRow organisation_row(const Row& row) {
    return {.organisation_key = row.integer("organisation_key"),
            .name = row.text("name"),
            .base_url = row.text("base_url"),
            .reporting_timezone = row.text("reporting_timezone"),
            .attribution_fingerprint = nullable(row, "attribution_fingerprint", text),
            .unreadable_jobs = nullable(row, "unreadable_jobs", text),
            .source_timezone = nullable(row, "source_timezone", text),
            .read_fingerprint = nullable(row, "read_fingerprint", text),
            .wording_changed_at = nullable(row, "wording_changed_at", moment)};
}

JobRow job_row(const Row& row) {
    return {.job_key = row.integer("job_key"),
            .organisation_key = row.integer("organisation_key"),
            .job_id = guid(row, "job_id"),
            .name = row.text("name"),
            .first_seen_at = moment(row, "first_seen_at"),
            .missing_since = nullable(row, "missing_since", moment),
            .excluded_since = nullable(row, "excluded_since", moment)};
}

DataSourceRow data_source_row(const Row& row) {
    return {.data_source_key = row.integer("data_source_key"),
            .organisation_key = row.integer("organisation_key"),
            .name = row.text("name"),
            .max_age_hours = nullable(row, "max_age_hours", real),
            .is_retired = row.integer("is_retired") != 0};
}

TransferTaskRow transfer_task_row(const Row& row) {
    return {.transfer_task_key = row.integer("transfer_task_key"),
            .organisation_key = row.integer("organisation_key"),
            .name = row.text("name"),
            .data_source_key = nullable(row, "data_source_key", integer)};
}

SyncRunRow sync_run_row(const Row& row) {
    return {.sync_run_key = row.integer("sync_run_key"),
            .organisation_key = row.integer("organisation_key"),
            .started_at = moment(row, "started_at"),
            .ended_at = nullable(row, "ended_at", moment),
            .outcome = sync_outcome(row),
            .counts = counts(row),
            .jobs = row.integer("jobs"),
            .jobs_failed = row.integer("jobs_failed"),
            .error = nullable(row, "error", text)};
}

SyncJobRow sync_job_row(const Row& row) {
    return {.sync_run_key = row.integer("sync_run_key"),
            .job_key = row.integer("job_key"),
            .started_at = moment(row, "started_at"),
            .ended_at = nullable(row, "ended_at", moment),
            .outcome = sync_outcome(row),
            .counts = counts(row),
            .error = nullable(row, "error", text),
            .reading = body_reading_from_text(row.text("reading"))};
}

RejectedRecordRow rejected_record_row(const Row& row) {
    return {.rejected_record_key = row.integer("rejected_record_key"),
            .job_key = row.integer("job_key"),
            .sync_run_key = row.integer("sync_run_key"),
            .first_seen_at = moment(row, "first_seen_at"),
            .resolved_at = nullable(row, "resolved_at", moment),
            .rejection = {.place = row.text("place"),
                          .reason = row.text("reason"),
                          .record = row.text("record"),
                          .content_hash = hash(row, "content_hash"),
                          .execution_id = nullable(row, "execution_id", guid)}};
}

HistoryGapRow history_gap_row(const Row& row) {
    return {.job_key = row.integer("job_key"),
            .missing_from = moment(row, "missing_from"),
            .missing_until = moment(row, "missing_until"),
            .sync_run_key = row.integer("sync_run_key")};
}

MessageShapeRow message_shape_row(const Row& row) {
    return {.organisation_key = row.integer("organisation_key"),
            .shape_key = row.integer("shape_key"),
            .mask = row.text("mask"),
            .first_seen_at = moment(row, "first_seen_at"),
            .last_seen_at = moment(row, "last_seen_at"),
            .line_count = row.integer("line_count"),
            .worst_severity = row.integer("worst_severity"),
            .example = row.text("example"),
            .execution_key = row.integer("execution_key"),
            .rule = nullable(row, "rule", text),
            .outcome = nullable(row, "outcome", task_outcome),
            .known_since = nullable(row, "known_since", moment)};
}

MessageShapeJobRow message_shape_job_row(const Row& row) {
    return {.organisation_key = row.integer("organisation_key"),
            .shape_key = row.integer("shape_key"),
            .job_key = row.integer("job_key"),
            .first_seen_at = moment(row, "first_seen_at"),
            .last_seen_at = moment(row, "last_seen_at"),
            .line_count = row.integer("line_count")};
}

ExecutionRow execution_row(const Row& row) {
    return {.execution_key = row.integer("execution_key"),
            .job_key = row.integer("job_key"),
            .execution = {.id = guid(row, "execution_id"),
                          .state_code = row.integer("state_code"),
                          .state = state_from_text(row.text("state")),
                          .trigger_id = nullable(row, "trigger_id", guid),
                          .created_at = moment(row, "created_at"),
                          .ended_at = nullable(row, "ended_at", moment),
                          .extra = row.text("extra"),
                          .content_hash = hash(row, "content_hash"),
                          .incomplete = row.integer("incomplete") != 0,
                          .source_timezone = nullable(row, "source_timezone", text),
                          .doubtful_after = nullable(row, "doubtful_after", moment)},
            .created_on = required(row, "created_on", date_from_text),
            .log_count = row.integer("log_count"),
            .first_seen_at = moment(row, "first_seen_at"),
            .changed_at = moment(row, "changed_at"),
            .lost_since = nullable(row, "lost_since", moment),
            .abandoned_since = nullable(row, "abandoned_since", moment)};
}

} // namespace tidemark
