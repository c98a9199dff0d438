#include "cli/format_option.hpp"

#include <CLI/CLI.hpp>

#include <map>
#include <string>

namespace tidemark {

void add_format_option(CLI::App& app, Format& format) {
    const std::map<std::string, Format> formats{
        {"table", Format::table}, {"csv", Format::csv}, {"json", Format::json}};
    app.add_option("--format", format, "table, csv or json")
        ->transform(CLI::CheckedTransformer(formats).description(""))
        ->type_name("FORMAT")
        ->default_str("table");
}

} // namespace tidemark
