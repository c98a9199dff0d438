#pragma once

#include "model/execution.hpp"
#include "warehouse/sqlite/connection.hpp"

#include <utility>
#include <vector>

namespace tidemark::sqlite {

/// A virtual table of log lines, `lines (log_id, logged_at, severity, message, extra, shape_key,
/// line_number)`. With it one statement inserts all lines of an execution, in half the time of one
/// statement for each.
class LogTable {
public:
    /// The connection must outlive this object, which must outlive the statements that use the
    /// table.
    explicit LogTable(Connection& connection);
    ~LogTable();
    LogTable(const LogTable&) = delete;
    LogTable& operator=(const LogTable&) = delete;

    /// Sets the content of the table, in this order. The lines must outlive the running statements.
    void show(std::vector<const Log*> lines) { m_lines = std::move(lines); }

private:
    Connection& m_connection;
    std::vector<const Log*> m_lines; // SQLite knows its address
};

} // namespace tidemark::sqlite
