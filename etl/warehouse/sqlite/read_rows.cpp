#include "warehouse/read_rows.hpp"

#include "warehouse/sqlite/reader.hpp"

#include <fmt/format.h>

namespace tidemark::sqlite {
namespace {

void require(Connection& connection, std::string_view name) {
    std::vector<std::string> names;
    Statement(connection, "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')"
                          " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name")
        .each([&](const Row& row) { names.emplace_back(row.text(0)); });
    require_relation(names, name, connection.file().string());
}

} // namespace

void read(Connection& connection, std::string_view name, const RowSink& sink) {
    require(connection, name);
    select(connection, fmt::format("SELECT * FROM \"{}\"", name), sink);
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
