#include "platform/path_text.hpp"
#include "warehouse/sqlite/reader.hpp"
#include "warehouse/sqlite/rows.hpp"
#include "warehouse/tables.hpp"

#include <fmt/format.h>

namespace tidemark::sqlite {
namespace {

constexpr std::string_view logs_of_execution = "WHERE execution_key = ? ORDER BY line_number";
constexpr std::string_view runs_of_execution = "WHERE execution_key = ? ORDER BY transfer_task_key";

// the + keeps to the order of the table, whatever an index on job_key promises
constexpr std::string_view select_executions =
    "SELECT execution_key, job_key, execution_id, state, created_at, ended_at, doubtful_after,"
    " state_code, created_on, lost_since IS NOT NULL OR abandoned_since IS NOT NULL,"
    " source_timezone, logs_pruned_at IS NOT NULL, created_at_local FROM execution"
    " WHERE +job_key IN (SELECT job_key FROM job WHERE organisation_key = ?)"
    " ORDER BY created_at DESC, execution_id DESC";

StoredExecution execution_in(const Row& row) {
    StoredExecution stored{.execution_key = row.integer(0), .job_key = row.integer(1)};
    stored.execution.id = row.guid(2);
    stored.execution.state = state_from_text(row.text(3));
    stored.execution.created_at = row.moment(4);
    stored.execution.ended_at = row.nullable(&Row::moment, 5);
    stored.execution.doubtful_after = row.nullable(&Row::moment, 6);
    stored.execution.state_code = row.integer(7);
    stored.created_on = row.day(8);
    stored.given_up = row.flag(9);
    stored.execution.source_timezone = row.nullable(&Row::string, 10);
    stored.logs_pruned = row.flag(11);
    stored.created_at_local = row.nullable(&Row::local_time, 12);
    return stored;
}

/// The statements that read what belongs to an execution, made once.
class ExecutionReader {
public:
    explicit ExecutionReader(Connection& connection)
        : m_executions(connection, select_executions),
          m_logs(connection, select_from(outline_of<Log>(), logs_of_execution)),
          m_task_runs(connection, select_from(outline_of<TaskRunRow>(), runs_of_execution)) {}

    void each(Key organisation_key, const StoredExecutionSink& sink) {
        m_executions.each(
            [&](const Row& row) {
                StoredExecution stored = execution_in(row);
                read_rest(stored);
                return sink(std::move(stored));
            },
            organisation_key);
    }

private:
    void read_rest(StoredExecution& stored) {
        m_logs.each([&](const Row& row) { stored.execution.logs.push_back(row_in<Log>(row)); },
                    stored.execution_key);
        m_task_runs.each(
            [&](const Row& row) { stored.task_runs.push_back(row_in<TaskRunRow>(row)); },
            stored.execution_key);
    }

    Statement m_executions;
    Statement m_logs;
    Statement m_task_runs;
};

} // namespace

std::vector<Log> logs(Connection& connection, Key execution_key) {
    return rows_of<Log>(connection, logs_of_execution, execution_key);
}

std::vector<TaskRunRow> task_runs(Connection& connection, Key execution_key) {
    return rows_of<TaskRunRow>(connection, runs_of_execution, execution_key);
}

void each_execution(Connection& connection, Key organisation_key, const StoredExecutionSink& sink) {
    const Snapshot snapshot(connection);
    ExecutionReader(connection).each(organisation_key, sink);
}

namespace {

void require(Connection& connection, std::string_view name) {
    std::vector<std::string> names;
    Statement(connection, "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')"
                          " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name")
        .each([&](const Row& row) { names.emplace_back(row.text(0)); });
    require_relation(names, name, utf8(connection.file()));
}

} // namespace

void read(Connection& connection, std::string_view name, const RowSink& sink) {
    require(connection, name);
    select(connection, fmt::format("SELECT * FROM \"{}\"", name), sink);
}

std::vector<ColumnType> columns(Connection& connection, std::string_view name) {
    require(connection, name);
    // the catalogue's types of a view's computed columns differ from one SQLite to the next
    const auto types =
        Statement(connection, fmt::format("SELECT * FROM {}", name)).declared_types();
    std::vector<ColumnType> columns;
    Statement(connection, "SELECT name, \"notnull\" OR pk > 0 FROM pragma_table_xinfo(?)")
        .each(
            [&](const Row& row) {
                columns.push_back({row.string(0), types.at(columns.size()), !row.flag(1)});
            },
            name);
    return columns;
}

void select(Connection& connection, std::string_view sql, const RowSink& sink) {
    Statement statement(connection, sql);
    const auto columns = statement.columns();
    sink.columns(columns);
    std::vector<Value> values(columns.size());
    statement.each([&](const Row& row) {
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = row.value(static_cast<int>(i));
        sink.row(values);
    });
}

} // namespace tidemark::sqlite
