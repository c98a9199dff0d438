#pragma once

#include "cli/row_printer.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace tidemark {
/// Which rows and columns of a relation are wanted, and in which order.
struct Selection {
    std::vector<std::string> columns; ///< in this order; empty: all
    std::vector<std::string> where;   ///< `COLUMN=VALUE`, all of which must hold; * and ? are wild
    std::optional<std::size_t> limit; ///< rows
    std::string sort;                 ///< column; "": as they come
    bool descending = false;
};

/// Hands on to a printer what is selected. Sorted numbers are ordered as numbers, everything else
/// as text; null comes last. Throws ConfigError out of `columns` for a column that is not there.
std::unique_ptr<RowPrinter> select_rows(Selection selection, RowPrinter& printer);

} // namespace tidemark
