#include "warehouse/postgres/reader.hpp"
#include "warehouse/postgres/rows.hpp"
#include "warehouse/postgres/values.hpp"
#include "warehouse/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace tidemark::postgres {
namespace {

/// So many log lines are asked for at once, or one execution's.
constexpr std::int64_t most_lines = 20'000;
constexpr int most_executions = 1000;

StoredExecution execution_in(const pqxx::row& row) {
    StoredExecution stored{.execution_key = integer_in(row[0]), .job_key = integer_in(row[1])};
    stored.execution.id = guid_in(row[2]);
    stored.execution.state = state_from_text(text_in(row[3]));
    stored.execution.created_at = moment_in(row[4]);
    stored.execution.ended_at = nullable(moment_in, row[5]);
    stored.execution.doubtful_after = nullable(moment_in, row[7]);
    stored.execution.state_code = integer_in(row[8]);
    stored.created_on = day_in(row[9]);
    stored.given_up = flag_in(row[10]);
    stored.execution.source_timezone = nullable(text_in, row[11]);
    stored.logs_pruned = flag_in(row[12]);
    stored.created_at_local = nullable(local_time_in, row[13]);
    return stored;
}

/// Calls `visit` with each row of a described table that belongs to one of these executions, which
/// are a parameter, and with the key of its execution.
template <typename RowType, typename Visit>
void each_child(pqxx::work& tx, const std::string& execution_keys, std::string_view order,
                Visit visit) {
    const auto found = exec(tx,
                            select_from(with_key(outline_of<RowType>(), "execution_key"),
                                        fmt::format("WHERE execution_key = ANY ($1::bigint[])"
                                                    " ORDER BY execution_key, {}",
                                                    order)),
                            execution_keys);
    for (const auto& row : found)
        visit(integer_in(row[0]), row_in<RowType>(row, 1));
}

/// Executions whose log lines and task runs are read by one statement each.
class Group {
public:
    [[nodiscard]] bool is_full() const { return m_lines >= most_lines; }

    void add(const pqxx::row& row) {
        m_executions.push_back(execution_in(row));
        m_lines += integer_in(row[6]);
    }

    /// Hands over what it holds; false when no more is wanted.
    bool flush(pqxx::work& tx, const StoredExecutionSink& sink) {
        read_rest(tx);
        bool wanted = true;
        for (StoredExecution& stored : m_executions)
            wanted = wanted && sink(std::move(stored));
        m_executions.clear();
        m_lines = 0;
        return wanted;
    }

private:
    void read_rest(pqxx::work& tx) {
        std::map<Key, StoredExecution*> by_key;
        std::vector<Key> keys;
        for (StoredExecution& stored : m_executions) {
            by_key.emplace(stored.execution_key, &stored);
            keys.push_back(stored.execution_key);
        }
        const auto array = array_of(keys);
        each_child<Log>(tx, array, "line_number", [&](Key key, Log line) {
            by_key.at(key)->execution.logs.push_back(std::move(line));
        });
        each_child<TaskRunRow>(tx, array, "transfer_task_key", [&](Key key, TaskRunRow run) {
            by_key.at(key)->task_runs.push_back(std::move(run));
        });
    }

    std::vector<StoredExecution> m_executions;
    std::int64_t m_lines = 0;
};

} // namespace

std::vector<TaskRunRow> task_runs(Connection& connection, Key execution_key) {
    return connection.transact([&](pqxx::work& tx, int) {
        return rows_of<TaskRunRow>(tx,
                                   "WHERE execution_key = $1::bigint ORDER BY transfer_task_key",
                                   std::to_string(execution_key));
    });
}

void each_execution(Connection& connection, Key organisation_key, const StoredExecutionSink& sink) {
    connection.transact_once([&](pqxx::work& tx) {
        exec(tx, fmt::format("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;"
                             " DECLARE stored NO SCROLL CURSOR FOR"
                             " SELECT execution_key, job_key, execution_id, state, created_at,"
                             " ended_at, log_count, doubtful_after, state_code, created_on,"
                             " lost_since IS NOT NULL OR abandoned_since IS NOT NULL,"
                             " source_timezone, logs_pruned_at IS NOT NULL, created_at_local"
                             " FROM execution WHERE job_key IN"
                             " (SELECT job_key FROM job WHERE organisation_key = {})"
                             " ORDER BY created_at AT TIME ZONE 'UTC' DESC, execution_id DESC",
                             organisation_key));
        Group group;
        const auto fetch = fmt::format("FETCH {} FROM stored", most_executions);
        for (auto rows = exec(tx, fetch); !rows.empty(); rows = exec(tx, fetch)) {
            for (const auto& row : rows) {
                group.add(row);
                if (group.is_full() && !group.flush(tx, sink)) return;
            }
            if (!group.flush(tx, sink)) return;
        }
    });
}

namespace {

void require(pqxx::work& tx, const Connection& connection, std::string_view name) {
    const auto found =
        exec(tx,
             "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
             " WHERE n.nspname = $1 AND c.relkind IN ('r', 'p', 'v') ORDER BY 1",
             connection.schema());
    std::vector<std::string> names;
    for (const auto& row : found)
        names.push_back(text_in(row[0]));
    require_relation(names, name, connection.name());
}

std::vector<std::string> columns_of(const pqxx::result& rows) {
    std::vector<std::string> names;
    for (pqxx::row::size_type i = 0; i < rows.columns(); ++i)
        names.emplace_back(rows.column_name(i));
    return names;
}

void push_rows(const pqxx::result& rows, const RowSink& sink) {
    std::vector<Value> values(static_cast<std::size_t>(rows.columns()));
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = value_in(row[static_cast<pqxx::row::size_type>(i)]);
        sink.row(values);
    }
}

/// Through a cursor, a part at a time.
void select_in(pqxx::work& tx, std::string_view sql, const RowSink& sink) {
    exec(tx, fmt::format("SET LOCAL cursor_tuple_fraction = 1;"
                         " DECLARE part NO SCROLL CURSOR FOR {}",
                         sql));
    // few rows at first: a message may have megabytes
    constexpr int most_at_once = 1000;
    auto rows = exec(tx, "FETCH 20 FROM part");
    sink.columns(columns_of(rows));
    for (int at_once = 20; !rows.empty();) {
        push_rows(rows, sink);
        if (static_cast<int>(rows.size()) < at_once) break;
        at_once = std::min(at_once * 2, most_at_once);
        rows = exec(tx, fmt::format("FETCH {} FROM part", at_once));
    }
}

} // namespace

void read(Connection& connection, std::string_view name, const RowSink& sink) {
    connection.transact_once([&](pqxx::work& tx) {
        require(tx, connection, name);
        select_in(tx, fmt::format("SELECT * FROM \"{}\"", name), sink);
    });
}

std::vector<ColumnType> columns(Connection& connection, std::string_view name) {
    return connection.transact([&](pqxx::work& tx, int) {
        require(tx, connection, name);
        std::vector<ColumnType> columns;
        const auto found =
            exec(tx,
                 "SELECT a.attname, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull"
                 " FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
                 " JOIN pg_namespace n ON n.oid = c.relnamespace"
                 " WHERE n.nspname = $1 AND c.relname = $2 AND a.attnum > 0 AND NOT a.attisdropped"
                 " ORDER BY a.attnum",
                 connection.schema(), std::string(name));
        for (const auto& row : found)
            columns.push_back({text_in(row[0]), text_in(row[1]), flag_in(row[2])});
        return columns;
    });
}

WarehouseAddress address(pqxx::work& tx, const std::string& schema) {
    auto& session = tx.conn();
    const auto text = [](const char* known) { return std::string(known == nullptr ? "" : known); };
    std::string server = text(session.hostname());
    if (server.empty() || server.starts_with('/')) server = "localhost";
    const std::string port = text(session.port());
    if (!port.empty() && port != "5432") server += ":" + port;
    return {.file = {}, .server = server, .database = text(session.dbname()), .schema = schema};
}

void select(Connection& connection, std::string_view sql, const RowSink& sink) {
    connection.transact_once([&](pqxx::work& tx) { select_in(tx, sql, sink); });
}

} // namespace tidemark::postgres
