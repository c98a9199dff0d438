#pragma once

#include "output/row_printer.hpp"

namespace CLI {
class App;
}

namespace tidemark {

/// Adds `--format table|csv|json`. `format` outlives the parsing.
void add_format_option(CLI::App& app, Format& format);

} // namespace tidemark
