#pragma once

#include "warehouse/warehouse.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace tidemark {

/// The comparison of a table after a copy. It does not depend on the order of the rows.
struct TableComparison {
    std::string table;
    std::int64_t rows_from = 0;
    std::int64_t rows_to = 0;
    bool equal = false; ///< equal numbers of rows with equal values
};

/// The tables that are copied and compared, each after the tables that it refers to.
std::vector<std::string> copied_tables();

/// Copies all rows from `from` to `to`. Rows with the same key are replaced, so an interrupted copy
/// can be repeated. `lines` is a second connection to `from`, for reading log lines while
/// executions are read. Needs the lease of `to` and the current schema in both. Throws Error when
/// `to` contains another history: jobs, sources or tasks that `from` does not have under the same
/// keys.
void copy_warehouse(Warehouse& from, Warehouse& lines, Warehouse& to);

/// Compares all tables by the number of rows and a checksum.
std::vector<TableComparison> compare_warehouses(Warehouse& from, Warehouse& to);

} // namespace tidemark
