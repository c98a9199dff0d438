#include "warehouse/test_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace tidemark::test {
namespace {

using std::chrono::minutes;

std::string text_of(const Value& value) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) return std::to_string(*integer);
    if (const auto* real = std::get_if<double>(&value)) return fmt::format("{}", *real);
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    return "NULL";
}

const Timestamp synced_at = moment("2026-10-10 06:00:00.000000");

} // namespace

Timestamp moment(std::string_view text) {
    const auto moment = timestamp_from_text(text);
    if (!moment) throw std::invalid_argument("no moment: " + std::string(text));
    return *moment;
}

Guid guid(std::uint64_t number) {
    Guid guid;
    for (std::size_t i = 0; i < 8; ++i)
        guid.bytes[15 - i] = static_cast<std::uint8_t>(number >> (8 * i));
    return guid;
}

OrganisationRow organisation(Key key, std::string name) {
    return {.organisation_key = key,
            .name = std::move(name),
            .base_url = "https://gateway.example",
            .reporting_timezone = "UTC"};
}

JobRow job(Key key, std::string name, Key organisation_key) {
    return {.job_key = key,
            .organisation_key = organisation_key,
            .job_id = guid(static_cast<std::uint64_t>(key)),
            .name = std::move(name),
            .first_seen_at = synced_at};
}

DataSourceRow data_source(Key key, std::string name, std::optional<double> max_age_hours,
                          Key organisation_key) {
    return {.data_source_key = key,
            .organisation_key = organisation_key,
            .name = std::move(name),
            .max_age_hours = max_age_hours};
}

TransferTaskRow transfer_task(Key key, std::string name, std::optional<Key> data_source_key,
                              Key organisation_key) {
    return {.transfer_task_key = key,
            .organisation_key = organisation_key,
            .name = std::move(name),
            .data_source_key = data_source_key};
}

ExecutionRow running_execution(Key key, std::string_view created_at) {
    ExecutionRow row{.execution_key = key, .job_key = 1};
    row.execution.id = guid(static_cast<std::uint64_t>(key));
    row.execution.state = State::running;
    row.execution.created_at = moment(created_at);
    row.execution.content_hash = static_cast<std::uint64_t>(key) * 1000;
    row.created_on = std::chrono::floor<std::chrono::days>(row.execution.created_at);
    row.first_seen_at = row.changed_at = synced_at;
    return row;
}

ExecutionRow execution(Key key, std::string_view created_at) {
    ExecutionRow row = running_execution(key, created_at);
    row.execution.state_code = 1;
    row.execution.state = State::completed;
    row.execution.ended_at = row.execution.created_at + minutes{10};
    return row;
}

Log log(std::uint64_t number, std::optional<std::string> message, std::string_view logged_at) {
    return {.id = guid(number),
            .logged_at = moment(logged_at),
            .message = std::move(message),
            .line_number = static_cast<std::int64_t>(number)};
}

TaskRunRow task_run(Key transfer_task_key, TaskOutcome outcome, std::string_view ended_at) {
    TaskRunRow row{.transfer_task_key = transfer_task_key};
    row.run.ended_at = moment(ended_at);
    row.run.started_at = *row.run.ended_at - minutes{10};
    row.run.outcome = outcome;
    if (outcome == TaskOutcome::succeeded) row.run.last_succeeded_at = row.run.ended_at;
    row.run.heard_at = row.run.ended_at;
    row.run.attempts = 1;
    row.run.attributed_by = "explicit";
    return row;
}

RejectedRecordRow rejected(Key key, std::uint64_t content_hash) {
    return {.rejected_record_key = key,
            .job_key = 1,
            .sync_run_key = 1,
            .first_seen_at = synced_at,
            .rejection = {.place = "[0].CreateTime",
                          .reason = "'soon' is no moment",
                          .record = R"({"CreateTime": "soon"})",
                          .content_hash = content_hash,
                          .execution_id = guid(7)}};
}

SyncRunRow sync_run(Key key) {
    return {.sync_run_key = key,
            .organisation_key = 1,
            .started_at = synced_at,
            .ended_at = synced_at + std::chrono::milliseconds{1500},
            .outcome = SyncOutcome::succeeded};
}

Batch foundation() {
    Batch batch;
    batch.organisations = {organisation(1)};
    batch.jobs = {job(1)};
    batch.sync_runs = {sync_run(1)};
    return batch;
}

Batch new_executions(std::vector<ExecutionRow> executions) {
    Batch batch;
    batch.new_executions = std::move(executions);
    return batch;
}

std::vector<TextRow> rows_of(Warehouse& warehouse, std::string_view relation) {
    std::vector<std::string> names;
    std::vector<TextRow> rows;
    warehouse.read(relation, {.columns = [&](const auto& columns) { names = columns; },
                              .row =
                                  [&](const std::vector<Value>& values) {
                                      TextRow& row = rows.emplace_back();
                                      for (std::size_t i = 0; i < values.size(); ++i)
                                          row[names[i]] = text_of(values[i]);
                                  }});
    return rows;
}

TextRow row_of(Warehouse& warehouse, std::string_view relation) {
    const auto rows = rows_of(warehouse, relation);
    if (rows.size() != 1) {
        throw std::logic_error(fmt::format("{} rows in '{}', not one", rows.size(), relation));
    }
    return rows.front();
}

std::map<std::string, std::vector<TextRow>> contents(Warehouse& warehouse) {
    std::map<std::string, std::vector<TextRow>> tables;
    for (const std::string table :
         {"organisation", "job", "execution", "execution_log", "data_source", "transfer_task",
          "task_run", "watermark", "sync_run", "sync_job", "rejected_record", "history_gap",
          "message_shape", "message_shape_job", "calendar_day"}) {
        auto& rows = tables[table] = rows_of(warehouse, table);
        std::sort(rows.begin(), rows.end());
    }
    return tables;
}

} // namespace tidemark::test
