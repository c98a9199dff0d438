#include "error.hpp"
#include "warehouse/sqlite/reader.hpp"

#include <fmt/format.h>

namespace tidemark::sqlite {
namespace {

void require_relation(Connection& connection, std::string_view name) {
    bool found = false;
    Statement(connection, "SELECT 1 FROM sqlite_schema WHERE type IN ('table', 'view')"
                          " AND name = ? AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
        .each([&](const Row&) { found = true; }, name);
    if (found) return;
    throw ConfigError(
        fmt::format("there is no table or view '{}' in '{}'; 'tidemark query' lists the views",
                    name, connection.file().string()));
}

} // namespace

void read(Connection& connection, std::string_view name, const RowSink& sink) {
    require_relation(connection, name);
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
