#include "warehouse/tables.hpp"

#include "error.hpp"
#include "text/did_you_mean.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tidemark {
const Value& Row::value(std::string_view column) const {
    static const Value null;
    const auto found = values.find(column);
    return found == values.end() ? null : found->second;
}

std::string Row::text(std::string_view column) const { return to_text(value(column)); }

std::int64_t Row::integer(std::string_view column) const {
    const auto* number = std::get_if<std::int64_t>(&value(column));
    return number == nullptr ? 0 : *number;
}

void require_relation(const std::vector<std::string>& names, std::string_view name,
                      std::string_view warehouse) {
    if (std::find(names.begin(), names.end(), name) != names.end()) return;
    throw ConfigError(
        fmt::format("there is no table or view '{}' in '{}'{}; 'tidemark query' lists the views",
                    name, warehouse, did_you_mean(name, names)));
}

void each_row(WarehouseRows& warehouse, std::string_view view,
              const std::function<void(const Row&)>& visit) {
    std::vector<std::string> names;
    warehouse.read(view, {[&](const auto& columns) { names = columns; },
                          [&](const auto& values) {
                              Row row;
                              for (std::size_t i = 0; i < values.size(); ++i) {
                                  row.values.emplace(names[i], values[i]);
                              }
                              visit(row);
                          }});
}

std::vector<Row> read_rows(WarehouseRows& warehouse, std::string_view view) {
    std::vector<Row> rows;
    each_row(warehouse, view, [&](const Row& row) { rows.push_back(row); });
    return rows;
}

std::vector<Row> rows_of_organisation(WarehouseRows& warehouse, std::string_view view,
                                      std::string_view organisation, std::size_t most) {
    std::vector<Row> rows;
    each_row(warehouse, view, [&](const Row& row) {
        if (rows.size() < most && row.text("organisation") == organisation) rows.push_back(row);
    });
    return rows;
}

} // namespace tidemark
