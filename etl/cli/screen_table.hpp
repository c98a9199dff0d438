#pragma once

#include "cli/row_printer.hpp"
#include "model/time.hpp"

#include <cstddef>
#include <iosfwd>
#include <memory>

namespace tidemark {
/// The terminal that shows a table.
struct Screen {
    std::size_t columns = 80;
    bool colour = false;
    bool wide = false; ///< show all columns in full width
    TimeZone zone;     ///< for moments
    Timestamp now;     ///< for ages
};

/// A table for people. Moments are shown to the second in the screen's time zone. When the table is
/// too wide, it first omits empty columns and ids, then shows ages (`2 d ago`) instead of moments,
/// then omits columns from the right and shortens texts; the last line names the omitted columns.
/// The column `organisation` is omitted when it is the same in all rows. Failed and late values are
/// red.
std::unique_ptr<RowPrinter> make_screen_table(std::ostream& out, const Screen& screen);

/// The age of a moment at `now`: `12 s ago`, `5 min ago`, `3 h ago`, `2 d ago`, `in 3 h`.
std::string age_text(Timestamp moment, Timestamp now);

} // namespace tidemark
