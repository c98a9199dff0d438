#pragma once

#include "config/config.hpp"
#include "warehouse/warehouse.hpp"

#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

/// How rows are printed.
enum class Format { table, csv, json, ndjson, markdown };

/// How fields and numbers of a CSV file are written, for spreadsheets of other countries.
struct CsvStyle {
    char separator = ',';
    char decimal = '.';
    bool bom = false; ///< begin with a byte order mark, by which Excel knows UTF-8
};

/// Prints rows as they come. `columns` once, then each `row`, then `finish`.
class RowPrinter {
public:
    virtual ~RowPrinter() = default;
    virtual void columns(const std::vector<std::string>& names) = 0;
    virtual void row(const std::vector<Value>& values) = 0;
    virtual void finish() = 0;
};

/// `table`: aligned, for people; widths follow the first rows. `csv`: RFC 4180, UTF-8, null as
/// nothing; a text that a spreadsheet would take for a formula gets an apostrophe in front. `json`:
/// one array of objects, each text exactly; `ndjson`: the same objects, one a line. `markdown`: a
/// table as GitHub shows it, in which no text is markup. All are safe for a terminal: `table` and
/// `csv` show what would not be as `printable` and `printable_lines` do. The stream outlives the
/// printer.
std::unique_ptr<RowPrinter> make_row_printer(Format format, std::ostream& out,
                                             const CsvStyle& style = {});

/// The same on the standard output, where `table` is fitted to a terminal (`screen_table.hpp`); it
/// is exact and whole everywhere else. `wide`: not fitted there either.
std::unique_ptr<RowPrinter> make_stdout_printer(Format format, bool wide, const Config& config,
                                                const CsvStyle& style = {});

/// A sink that hands on to a printer.
RowSink sink_to(RowPrinter& printer);

} // namespace tidemark
