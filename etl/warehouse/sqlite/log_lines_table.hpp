#pragma once

#include "model/execution.hpp"
#include "warehouse/sqlite/connection.hpp"

#include <utility>
#include <vector>

namespace tidemark::sqlite {

/// Log lines as a table of SQL, `lines (log_id, logged_at, severity, message, extra, shape_key,
/// line_number)`: one statement inserts all lines of an execution, which takes half the time of one
/// statement for each.
class LogTable {
public:
    /// The connection outlives it, and the statements that name the table go before it.
    explicit LogTable(Connection& connection);
    ~LogTable();
    LogTable(const LogTable&) = delete;
    LogTable& operator=(const LogTable&) = delete;

    /// What the table holds from now on, in this order. The lines outlive the statements that run.
    void show(std::vector<const Log*> lines) { m_lines = std::move(lines); }

private:
    Connection& m_connection;
    std::vector<const Log*> m_lines; // SQLite knows its address
};

} // namespace tidemark::sqlite
