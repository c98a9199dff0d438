#pragma once

#include "cli/row_printer.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace tidemark {
/// The rows and columns of a relation to print, and their order.
struct Selection {
    std::vector<std::string> columns; ///< in this order; empty: all
    std::vector<std::string>
        where; ///< conditions `COLUMN=VALUE`, all of which must hold; with * and ?
    std::optional<std::size_t> limit; ///< rows
    std::string sort;                 ///< column; "": not sorted
    bool descending = false;
};

/// Passes the selected rows on to a printer. Numbers are sorted as numbers, everything else as
/// text, and null comes last. `columns` throws ConfigError for an unknown column.
std::unique_ptr<RowPrinter> select_rows(Selection selection, RowPrinter& printer);

} // namespace tidemark
