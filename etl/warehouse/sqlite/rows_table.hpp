#pragma once

#include "warehouse/row_values.hpp"
#include "warehouse/sqlite/connection.hpp"
#include "warehouse/sqlite/statement.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

struct sqlite3_context;

namespace tidemark::sqlite {

/// Where a column of a virtual table returns its value.
class ColumnResult {
public:
    explicit ColumnResult(sqlite3_context& context) : m_context(context) {}

    void set(std::int64_t value);
    /// A text of a row, which stays until the statement has run.
    void set(std::string_view text);
    template <std::size_t Width> void set(const FixedText<Width>& text) { set_copy(text.view()); }
    template <typename T> void set(const std::optional<T>& value) {
        if (value) set(*value); // else it stays null
    }
    void set(std::string&& text) = delete; // it would be gone

private:
    void set_copy(std::string_view text);

    sqlite3_context& m_context;
};

/// A virtual table over rows in memory: a key of what the row belongs to, and the columns of the
/// row's description. With it one statement inserts many rows, in half the time of one statement
/// for each.
class RowsTable {
public:
    struct Shown {
        std::int64_t parent_key = 0;
        const void* row = nullptr;
    };
    /// Returns the value of a column (from 0) of a row.
    using ColumnOf = void (*)(const void* row, int column, ColumnResult result);

    /// What SQLite knows the address of.
    struct Content {
        std::string declaration;
        ColumnOf column_of;
        std::vector<Shown> rows;
    };

    /// A table `name` with these columns, the parent's key first. The connection must outlive this
    /// object, which must outlive the statements that use the table.
    RowsTable(Connection& connection, std::string name, std::string_view columns,
              ColumnOf column_of);
    ~RowsTable();
    RowsTable(const RowsTable&) = delete;
    RowsTable& operator=(const RowsTable&) = delete;

    /// Sets the rows of the table, in this order. They must outlive the running statements.
    void show(std::vector<Shown> rows) { m_content.rows = std::move(rows); }

private:
    Connection& m_connection;
    std::string m_name;
    Content m_content;
};

template <typename RowType> void return_column(const void* row, int column, ColumnResult result) {
    int place = 0;
    const auto visit = [&](const auto& described) {
        if (place++ == column)
            result.set(stored(described.written(*static_cast<const RowType*>(row))));
    };
    std::apply([&](const auto&... described) { (visit(described), ...); },
               table_of<RowType>.columns);
}

/// A row of a described table, and the key of the row that it belongs to.
template <typename RowType> struct Child {
    std::int64_t parent_key = 0;
    const RowType* row = nullptr;
};

/// Inserts many rows of a described table by one statement; the key of what each belongs to stands
/// in the column `parent`. The connection must outlive it.
template <typename RowType> class ChildWriter {
public:
    /// `insert` is INSERT, or INSERT with what happens to stored rows of the same key.
    ChildWriter(Connection& connection, std::string_view insert, std::string_view parent)
        : ChildWriter(connection, insert, with_key(outline_of<RowType>(), parent)) {}

    /// Writes the rows in this order.
    void write(const std::vector<Child<RowType>>& children) {
        if (children.empty()) return;
        std::vector<RowsTable::Shown> shown;
        shown.reserve(children.size());
        for (const auto& [parent_key, row] : children)
            shown.push_back({parent_key, row});
        m_rows.show(std::move(shown));
        m_statement.run();
    }

private:
    ChildWriter(Connection& connection, std::string_view insert, const TableOutline& table)
        : m_rows(connection, source_of(table), written_columns(table), return_column<RowType>),
          m_statement(connection, std::string(insert)
                                      .append(" INTO ")
                                      .append(table.name)
                                      .append(" (")
                                      .append(written_columns(table))
                                      .append(") SELECT * FROM ")
                                      .append(source_of(table))) {}

    // a table of this name in the file would be taken instead
    static std::string source_of(const TableOutline& table) {
        return "tidemark_new_" + std::string(table.name);
    }

    RowsTable m_rows;
    Statement m_statement;
};

} // namespace tidemark::sqlite
