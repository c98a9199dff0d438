#pragma once

#include "warehouse/row_values.hpp"
#include "warehouse/sqlite/statement.hpp"
#include "warehouse/table_columns.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace tidemark::sqlite {

/// `VALUES (?, ?, …)` with a placeholder for each column to write.
inline std::string places_for(const TableOutline& table) {
    std::string places = "VALUES (?";
    for (std::size_t i = 1; i < table.columns.size(); ++i)
        places += ", ?";
    return places + ")";
}

/// Writes rows of a described table. The connection must outlive it.
template <typename RowType> class RowWriter {
public:
    /// The table's description decides about stored rows with the same key.
    explicit RowWriter(Connection& connection)
        : RowWriter(connection, on_conflict(outline_of<RowType>())) {}

    /// The same with another conflict clause.
    RowWriter(Connection& connection, std::string_view clause)
        : m_statement(connection,
                      insert_into(outline_of<RowType>(), places_for(outline_of<RowType>()))
                          .append(clause)) {}

    void write(const RowType& row) {
        std::apply([&](const auto&... column) { m_statement.run(column.written(row)...); },
                   table_of<RowType>.columns);
    }

    void write(const std::vector<RowType>& rows) {
        for (const RowType& row : rows)
            write(row);
    }

private:
    Statement m_statement;
};

/// The row in a result with the columns of `read_columns`.
template <typename RowType> RowType row_in(const Row& row) {
    return row_from<RowType>([&](std::string_view, int place) { return row.view(place); });
}

/// The rows of `SELECT … FROM table` with this rest of the statement.
template <typename RowType, typename... Values>
std::vector<RowType> rows_of(Connection& connection, std::string_view rest,
                             const Values&... values) {
    std::vector<RowType> rows;
    Statement(connection, select_from(outline_of<RowType>(), rest))
        .each([&](const Row& row) { rows.push_back(row_in<RowType>(row)); }, values...);
    return rows;
}

/// The last of these rows; nullopt when there is none.
template <typename RowType, typename... Values>
std::optional<RowType> row_of(Connection& connection, std::string_view rest,
                              const Values&... values) {
    auto rows = rows_of<RowType>(connection, rest, values...);
    if (rows.empty()) return std::nullopt;
    return std::move(rows.back());
}

} // namespace tidemark::sqlite
