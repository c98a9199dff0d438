#include "warehouse/postgres/rows.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace tidemark::postgres {
namespace {

using nlohmann::json;

json json_of(const Value& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
    if (const auto* number = std::get_if<double>(&value)) return *number;
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    return nullptr;
}

} // namespace

std::string json_object(const TableOutline& table, const std::vector<Value>& values) {
    json object;
    for (std::size_t i = 0; i < values.size(); ++i)
        object[std::string{table.columns[i].name}] = json_of(values[i]);
    return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string given_rows(const TableOutline& table) {
    return fmt::format("SELECT {} FROM json_populate_recordset(NULL::{}, $1::json)",
                       written_columns(table), table.name);
}

} // namespace tidemark::postgres
