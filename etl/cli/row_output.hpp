#pragma once

#include "cli/row_printer.hpp"
#include "config/config.hpp"
#include "platform/new_file.hpp"

#include <iosfwd>
#include <memory>
#include <optional>
#include <string>

namespace tidemark {

/// What the options of a command say about the rows that it prints.
struct OutputStyle {
    std::optional<Format> format; ///< null: by the file's ending, and a table without one
    bool wide = false;
    CsvStyle csv;
    std::string file; ///< empty: the standard output
};

/// Where a command prints its rows: the standard output, or a file that takes the place of an older
/// one when all is printed.
class RowOutput {
public:
    /// Throws ConfigError when the file is a folder or one that the configuration names, and Error
    /// when it cannot be begun. `config` must outlive it.
    RowOutput(const OutputStyle& style, const Config& config);

    [[nodiscard]] Format format() const { return m_format; }

    /// Printing throws when it fails.
    [[nodiscard]] std::ostream& stream();

    /// Prints to the stream, which this must outlive. On a terminal, a table is fitted to its width
    /// (`screen_table.hpp`) unless `OutputStyle::wide` is true.
    [[nodiscard]] std::unique_ptr<RowPrinter> printer();

    /// All is printed. Without it the file is not written. Throws Error when it cannot be.
    void finish();

private:
    const Config& m_config;
    OutputStyle m_style;
    Format m_format;
    std::optional<NewFile> m_file;
};

} // namespace tidemark
