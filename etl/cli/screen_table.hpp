#pragma once

#include "cli/row_printer.hpp"
#include "model/time.hpp"

#include <cstddef>
#include <iosfwd>
#include <memory>

namespace tidemark {
/// What a table is shown on.
struct Screen {
    std::size_t columns = 80;
    bool colour = false;
    bool wide = false; ///< every column, each as wide as it is
    TimeZone zone;     ///< that moments are shown in
    Timestamp now;     ///< that ages are counted from
};

/// A table for eyes. Moments are shown to the second in the screen's zone. Where the table is too
/// wide, first empty columns and ids are left out, then moments become ages (`2 d ago`), then
/// columns are left out from the right and texts are shortened; a line at the end names what is
/// left out. `organisation` is left out when it is the same in every row. What failed or is late is
/// red.
std::unique_ptr<RowPrinter> make_screen_table(std::ostream& out, const Screen& screen);

/// How long before `now` a moment was: `12 s ago`, `5 min ago`, `3 h ago`, `2 d ago`, `in 3 h`.
std::string age_text(Timestamp moment, Timestamp now);

} // namespace tidemark
