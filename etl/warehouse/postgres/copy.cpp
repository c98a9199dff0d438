#include "warehouse/postgres/copy.hpp"

#include "model/id_order.hpp"
#include "warehouse/last_of_each.hpp"
#include "warehouse/milliseconds.hpp"
#include "warehouse/postgres/values.hpp"

#include <algorithm>
#include <bit>
#include <tuple>

namespace tidemark::postgres {
namespace {

constexpr std::string_view task_run_columns =
    "execution_key,transfer_task_key,started_at,ended_at,outcome,last_succeeded_at,attempts,"
    "row_count,error_message,attributed_by,duration_ms,rule,kind,completed_at,heard_at";

/// A number as text; null where there is none.
class Number {
public:
    explicit Number(std::optional<std::int64_t> value)
        : m_text(value ? std::to_string(*value) : std::string{}), m_present(value.has_value()) {}
    [[nodiscard]] const char* get() const { return m_present ? m_text.c_str() : nullptr; }

private:
    std::string m_text;
    bool m_present;
};

void put(pqxx::stream_to& stream, const ExecutionRow& row) {
    const Execution& execution = row.execution;
    const auto id = cell(execution.id);
    const auto trigger = cell(execution.trigger_id);
    const auto created_at = cell(execution.created_at);
    const auto ended_at = cell(execution.ended_at);
    const Number duration(duration_ms(execution));
    const auto created_on = cell(row.created_on);
    const auto first_seen_at = cell(row.first_seen_at);
    const auto changed_at = cell(row.changed_at);
    const auto lost_since = cell(row.lost_since);
    const auto abandoned_since = cell(row.abandoned_since);
    const auto doubtful_after = cell(execution.doubtful_after);
    stream << std::make_tuple(
        row.execution_key, id.get(), row.job_key, std::string(to_text(execution.state)),
        execution.state_code, trigger.get(), created_at.get(), ended_at.get(), duration.get(),
        created_on.get(), row.log_count, first_seen_at.get(), changed_at.get(), lost_since.get(),
        json_or_null(execution.extra), abandoned_since.get(),
        std::bit_cast<std::int64_t>(execution.content_hash), execution.incomplete,
        doubtful_after.get(), text_or_null(execution.source_timezone));
}

void put(pqxx::stream_to& stream, Key execution_key, const Log& log) {
    const auto id = cell(log.id);
    const auto logged_at = cell(log.logged_at);
    const Number shape_key(log.shape_key);
    stream << std::make_tuple(execution_key, id.get(), logged_at.get(), log.severity,
                              text_or_null(log.message), json_or_null(log.extra), shape_key.get(),
                              log.line_number);
}

void put(pqxx::stream_to& stream, Key execution_key, const TaskRunRow& row) {
    const TaskRun& run = row.run;
    const auto started_at = cell(run.started_at);
    const auto ended_at = cell(run.ended_at);
    const auto last_succeeded_at = cell(run.last_succeeded_at);
    const Number row_count(run.row_count);
    const Number duration(milliseconds_between(run.started_at, run.ended_at));
    const auto completed_at = cell(run.completed_at);
    const auto heard_at = cell(run.heard_at);
    stream << std::make_tuple(
        execution_key, row.transfer_task_key, started_at.get(), ended_at.get(),
        std::string(to_text(run.outcome)), last_succeeded_at.get(), run.attempts, row_count.get(),
        text_or_null(run.error_message), run.attributed_by.c_str(), duration.get(),
        text_or_null(run.rule), std::string(to_text(run.kind)), completed_at.get(), heard_at.get());
}

} // namespace

void copy_executions(pqxx::work& tx, std::string_view table,
                     std::span<const ExecutionRow* const> rows) {
    auto stream = open_stream(tx, table, execution_columns);
    for (const ExecutionRow* row : rows)
        put(stream, *row);
    stream.complete();
}

void copy_logs(pqxx::work& tx, std::string_view table, std::span<const ExecutionRow* const> rows) {
    auto stream = open_stream(tx, table, log_columns);
    for (const ExecutionRow* row : rows) {
        for (const Log* log : in_id_order(row->execution.logs))
            put(stream, row->execution_key, *log);
    }
    stream.complete();
}

void copy_task_runs(pqxx::work& tx,
                    std::span<const std::pair<Key, const std::vector<TaskRunRow>*>> executions) {
    auto stream = open_stream(tx, "task_run", task_run_columns);
    for (const auto& [execution_key, task_runs] : executions) {
        for (const auto* run : last_of_each(*task_runs, &TaskRunRow::transfer_task_key))
            put(stream, execution_key, *run);
    }
    stream.complete();
}

} // namespace tidemark::postgres
