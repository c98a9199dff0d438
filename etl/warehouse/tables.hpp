#pragma once

#include "warehouse/rows.hpp"
#include "warehouse/warehouse.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {
/// A row whose values are found by the names of its columns.
struct Row {
    std::map<std::string, Value, std::less<>> values;

    /// Null when the row has no such column.
    [[nodiscard]] const Value& value(std::string_view column) const;

    /// As text; null and an unknown column are "".
    [[nodiscard]] std::string text(std::string_view column) const;

    /// As a number; null, text and an unknown column are 0.
    [[nodiscard]] std::int64_t integer(std::string_view column) const;
};

/// Throws ConfigError unless `name` is one of `names`, the tables and views of the warehouse.
/// `warehouse` is its name in the error.
void require_relation(const std::vector<std::string>& names, std::string_view name,
                      std::string_view warehouse);

/// Calls `visit` with each row of a table or view. Throws like `WarehouseRows::read`.
void each_row(WarehouseRows& warehouse, std::string_view view,
              const std::function<void(const Row&)>& visit);

/// All rows of a small view. Throws like `WarehouseRows::read`.
std::vector<Row> read_rows(WarehouseRows& warehouse, std::string_view view);

/// The first `most` rows of an organisation, in the order of the view, which must have a column
/// `organisation`. Throws like `WarehouseRows::read`.
std::vector<Row> rows_of_organisation(WarehouseRows& warehouse, std::string_view view,
                                      std::string_view organisation, std::size_t most = SIZE_MAX);

} // namespace tidemark
