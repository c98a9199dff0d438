#include "warehouse/column.hpp"

#include <fmt/format.h>

namespace tidemark {
namespace {

/// The names of those columns that this holds for.
template <typename Condition>
std::vector<std::string_view> names_of(const TableOutline& table, Condition holds) {
    std::vector<std::string_view> names;
    for (const ColumnOutline& column : table.columns) {
        if (holds(column)) names.push_back(column.name);
    }
    return names;
}

} // namespace

TableOutline with_key(TableOutline table, std::string_view name) {
    table.columns.insert(table.columns.begin(), {name, OnConflict::key});
    return table;
}

std::string written_columns(const TableOutline& table) {
    const auto all = names_of(table, [](const ColumnOutline&) { return true; });
    return fmt::format("{}", fmt::join(all, ", "));
}

std::string read_columns(const TableOutline& table) {
    const auto read =
        names_of(table, [](const ColumnOutline& column) { return !column.is_computed; });
    return fmt::format("{}", fmt::join(read, ", "));
}

std::string select_from(const TableOutline& table, std::string_view rest) {
    return fmt::format("SELECT {} FROM {} {}", read_columns(table), table.name, rest);
}

std::string insert_into(const TableOutline& table, std::string_view rest) {
    return fmt::format("INSERT INTO {} ({}) {}", table.name, written_columns(table), rest);
}

std::string on_conflict(const TableOutline& table) {
    std::vector<std::string> assignments;
    for (const std::string_view name : names_of(table, [](const ColumnOutline& column) {
             return column.on_conflict == OnConflict::replace;
         })) {
        assignments.push_back(fmt::format("{0} = excluded.{0}", name));
    }
    return on_conflict(table, fmt::format("{}", fmt::join(assignments, ", ")));
}

std::string on_conflict(const TableOutline& table, std::string_view assignments) {
    const auto key = names_of(
        table, [](const ColumnOutline& column) { return column.on_conflict == OnConflict::key; });
    return fmt::format(" ON CONFLICT ({}) DO {}{}", fmt::join(key, ", "),
                       assignments.empty() ? "NOTHING" : "UPDATE SET ", assignments);
}

} // namespace tidemark
