#include "cli/row_output.hpp"

#include "cli/screen_table.hpp"
#include "error.hpp"
#include "platform/console.hpp"
#include "platform/path_text.hpp"
#include "text/did_you_mean.hpp"
#include "warehouse/own_files.hpp"

#include <fmt/format.h>

#include <array>
#include <iostream>
#include <system_error>
#include <utility>

namespace tidemark {
namespace {

Format format_of_ending(const std::filesystem::path& file) {
    constexpr std::array<std::pair<std::string_view, Format>, 4> endings = {
        {{".csv", Format::csv},
         {".json", Format::json},
         {".ndjson", Format::ndjson},
         {".md", Format::markdown}}};
    const std::string ending = lower_case(utf8(file.extension()));
    for (const auto& [name, format] : endings) {
        if (ending == name) return format;
    }
    return Format::table;
}

void refuse_folder(const std::filesystem::path& file) {
    std::error_code ignored;
    if (!std::filesystem::is_directory(file, ignored)) return;
    throw ConfigError(fmt::format("cannot write '{}': it is {}", utf8(file), "a folder"));
}

} // namespace

RowOutput::RowOutput(const OutputStyle& style, const Config& config)
    : m_config(config),
      m_style(style),
      m_format(style.format.value_or(format_of_ending(path_of(style.file)))) {
    if (style.file.empty()) return;
    refuse_folder(path_of(style.file));
    refuse_own_file(path_of(style.file), config);
    m_file.emplace(path_of(style.file));
}

std::ostream& RowOutput::stream() { return m_file ? m_file->stream() : std::cout; }

std::unique_ptr<RowPrinter> RowOutput::printer() {
    const auto columns = m_file ? std::nullopt : stdout_columns();
    if (m_format != Format::table || !columns)
        return make_row_printer(m_format, stream(), m_style.csv);
    return make_screen_table(std::cout, {.columns = *columns,
                                         .colour = stdout_takes_colour(),
                                         .wide = m_style.wide,
                                         .zone = m_config.sync.reporting_timezone,
                                         .now = system_now()});
}

void RowOutput::finish() {
    if (m_file) m_file->keep();
}

} // namespace tidemark
