#pragma once

#include "warehouse/warehouse.hpp"

#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

/// The format of printed rows.
enum class Format { table, csv, json, ndjson, markdown };

/// The format of CSV, for spreadsheets of different countries.
struct CsvStyle {
    char separator = ',';
    char decimal = '.';
    bool bom = false; ///< begin with a byte order mark, by which Excel recognises UTF-8
};

/// Prints rows: call `columns` once, then `row` for each, then `finish`.
class RowPrinter {
public:
    virtual ~RowPrinter() = default;
    virtual void columns(const std::vector<std::string>& names) = 0;
    virtual void row(const std::vector<Value>& values) = 0;
    virtual void finish() = 0;
};

/// `table`: aligned, for people; the first rows decide the widths. `csv`: RFC 4180 in UTF-8, null
/// as an empty field; a text that a spreadsheet would read as a formula gets an apostrophe at its
/// begin. `json`: one array of objects with exact texts; `ndjson`: the same objects, one per line.
/// `markdown`: a table for GitHub, with escaped texts. All are safe for a terminal: `table` and
/// `csv` use `printable` and `printable_lines`. The stream must outlive the printer.
std::unique_ptr<RowPrinter> make_row_printer(Format format, std::ostream& out,
                                             const CsvStyle& style = {});

/// A sink that prints all rows with a printer.
RowSink sink_to(RowPrinter& printer);

} // namespace tidemark
