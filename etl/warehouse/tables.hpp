#pragma once

#include "warehouse/rows.hpp"
#include "warehouse/warehouse.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {
/// A row by its columns' names.
struct Row {
    std::map<std::string, Value, std::less<>> values;

    /// Null where the row has no such column.
    [[nodiscard]] const Value& value(std::string_view column) const;

    /// As text; null and an unknown column are "".
    [[nodiscard]] std::string text(std::string_view column) const;

    /// As a number; null, text and an unknown column are 0.
    [[nodiscard]] std::int64_t integer(std::string_view column) const;
};

/// Throws ConfigError unless one of `names`, the tables and views of the warehouse that is called
/// so, is this one.
void require_relation(const std::vector<std::string>& names, std::string_view name,
                      std::string_view warehouse);

/// Hands over each row of a table or view. Throws as `WarehouseRows::read`.
void each_row(WarehouseRows& warehouse, std::string_view view,
              const std::function<void(const Row&)>& visit);

/// All rows of a small view. Throws as `WarehouseRows::read`.
std::vector<Row> read_rows(WarehouseRows& warehouse, std::string_view view);

} // namespace tidemark
