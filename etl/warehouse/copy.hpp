#pragma once

#include "warehouse/warehouse.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace tidemark {

/// How a table compares after a copy. The checksum does not depend on the order of the rows.
struct TableComparison {
    std::string table;
    std::int64_t rows_from = 0;
    std::int64_t rows_to = 0;
    bool equal = false; ///< the same number of rows, with the same values
};

/// The tables whose rows are copied and compared, each after those that it refers to.
std::vector<std::string> copied_tables();

/// Copies everything that `from` holds into `to`: rows that are there under the same key are
/// replaced, so that a copy that was cut off can be repeated. `lines` is a second connection to
/// `from`, for log lines, while its executions are read. Needs the lease of `to` and the current
/// schema in both. Throws Error when `to` holds another history: jobs, sources or tasks
/// that `from` does not have under the same keys.
void copy_warehouse(Warehouse& from, Warehouse& lines, Warehouse& to);

/// Compares every table by count and checksum.
std::vector<TableComparison> compare_warehouses(Warehouse& from, Warehouse& to);

} // namespace tidemark
