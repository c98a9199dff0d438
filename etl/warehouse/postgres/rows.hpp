#pragma once

#include "warehouse/postgres/pqxx.ipp"
#include "warehouse/postgres/values.hpp"
#include "warehouse/row_values.hpp"
#include "warehouse/table_columns.hpp"

#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace tidemark::postgres {

/// The values to write of a row as a JSON object.
std::string json_object(const TableOutline& table, const std::vector<Value>& values);

/// `SELECT … FROM json_populate_recordset(…)`: the rows of a JSON array, which is the only
/// parameter of the statement.
std::string given_rows(const TableOutline& table);

template <typename RowType> std::string rows_as_json(const std::vector<RowType>& rows) {
    const TableOutline table = outline_of<RowType>();
    std::string array;
    for (const RowType& row : rows)
        array += (array.empty() ? "[" : ",") + json_object(table, values_of(row));
    return array + "]";
}

/// Writes rows of a described table with one statement. The table's description decides about
/// stored rows with the same key. With another `clause` each key must occur once.
template <typename RowType>
void write_rows(pqxx::work& tx, const std::vector<RowType>& rows,
                const std::string& clause = on_conflict(outline_of<RowType>())) {
    if (rows.empty()) return;
    const TableOutline table = outline_of<RowType>();
    exec(tx, insert_into(table, given_rows(table)) + clause, rows_as_json(each_key_once(rows)));
}

/// Adds a row to a COPY of `written_columns`, after the values `before`.
template <typename RowType, typename... Before>
void put_row(pqxx::stream_to& stream, const RowType& row, const Before&... before) {
    const auto cells =
        std::apply([&](const auto&... column) { return std::tuple{cell(column.written(row))...}; },
                   table_of<RowType>.columns);
    std::apply([&](const auto&... each) { stream << std::make_tuple(before..., given(each)...); },
               cells);
}

/// Writes rows of a described table by COPY, into the table or into one with the same columns.
/// Fails when one is stored already.
template <typename RowType>
void copy_rows(pqxx::work& tx, std::string_view table, std::span<const RowType* const> rows) {
    if (rows.empty()) return;
    auto stream = open_stream(tx, table, written_columns(outline_of<RowType>()));
    for (const RowType* row : rows)
        put_row(stream, *row);
    stream.complete();
}

/// The row in a result, whose columns from `first` on are those of `read_columns`.
template <typename RowType> RowType row_in(const pqxx::row& row, pqxx::row::size_type first = 0) {
    return row_from<RowType>([&](std::string_view, int place) {
        return value_in(row[first + static_cast<pqxx::row::size_type>(place)]);
    });
}

/// The rows of `SELECT … FROM table` with this rest of the statement.
template <typename RowType, typename... Params>
std::vector<RowType> rows_of(pqxx::work& tx, std::string_view rest, const Params&... params) {
    std::vector<RowType> rows;
    const auto found = exec(tx, select_from(outline_of<RowType>(), rest), params...);
    for (const auto& row : found)
        rows.push_back(row_in<RowType>(row));
    return rows;
}

} // namespace tidemark::postgres
