#include "cli/command.hpp"
#include "cli/options.hpp"
#include "error.hpp"
#include "report/standing.hpp"
#include "text/terminal.hpp"
#include "warehouse/migration.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>
#include <ostream>

namespace tidemark {
namespace {

/// A part of what is shown: a view, its heading, its member in JSON.
struct Section {
    std::string_view title;
    std::string_view member;
    std::string_view view;
    std::size_t limit = SIZE_MAX; ///< rows
};

constexpr std::array<Section, 3> sections = {
    {{"Last successful load of each data source", "sources", "last_successful_load"},
     {"How far each job is loaded", "jobs", "watermarks"},
     {"The last syncs", "syncs", "recent_syncs", 10}}};

void print_rows(Warehouse& warehouse, const Section& section, RowPrinter& printer) {
    RowSink sink = sink_to(printer);
    sink.row = [&printer, limit = section.limit,
                shown = std::size_t{0}](const auto& values) mutable {
        if (shown++ < limit) printer.row(values);
    };
    warehouse.read(section.view, sink);
    printer.finish();
}

std::string json_text(const nlohmann::ordered_json& value) {
    return printable_json(value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

nlohmann::ordered_json figures_of(const Row& coverage) {
    nlohmann::ordered_json object = nlohmann::ordered_json::object();
    for (const auto& [name, value] : coverage.values) {
        if (const auto* number = std::get_if<std::int64_t>(&value)) object[name] = *number;
    }
    return object;
}

std::vector<std::string> texts_of(const std::vector<Statement>& statements) {
    std::vector<std::string> texts;
    for (const Statement& statement : statements)
        texts.push_back(statement.text);
    return texts;
}

class StatusCommand : public Command {
public:
    [[nodiscard]] std::string name() const override { return "status"; }
    [[nodiscard]] std::string summary() const override {
        return "Say whether all is well, how fresh each data source is, and how the syncs went";
    }

    void add_options(Options& options) override {
        options.output(m_style);
        options.flag("--strict", "exit code 3 when not all is well", m_strict);
    }

    ExitCode run(const Config& config) override {
        RowOutput output(m_style, config);
        if (output.format() != Format::table && output.format() != Format::json) {
            throw ConfigError("'--format' must be 'table' or 'json' here: the parts have different "
                              "columns; see 'tidemark query' for other formats");
        }
        const auto warehouse = open_warehouse(config.warehouse, OpenMode::read_only);
        require_current_schema(*warehouse);
        const Standing standing = standing_of(*warehouse, config, system_now());
        if (output.format() == Format::json) {
            print_json(*warehouse, standing, output);
        } else {
            print(*warehouse, standing, output);
        }
        output.finish();
        return m_strict && !standing.is_healthy() ? ExitCode::partial : ExitCode::ok;
    }

private:
    static void print(Warehouse& warehouse, const Standing& standing, RowOutput& output) {
        std::ostream& out = output.stream();
        out << (standing.is_healthy() ? "all is well: " : "not well: ")
            << printable(standing.figures) << '\n';
        for (const Statement& reason : standing.reasons)
            out << "  " << reason.text << '\n';
        for (const std::string& note : standing.notes)
            out << "  " << note << '\n';
        for (const Section& section : sections) {
            out << '\n' << section.title << "\n\n";
            print_rows(warehouse, section, *output.printer());
        }
    }

    static void print_json(Warehouse& warehouse, const Standing& standing, RowOutput& output) {
        std::ostream& out = output.stream();
        out << "{\n\"well\": " << (standing.is_healthy() ? "true" : "false")
            << ",\n\"figures\": " << json_text(standing.figures)
            << ",\n\"reasons\": " << json_text(texts_of(standing.reasons))
            << ",\n\"notes\": " << json_text(standing.notes)
            << ",\n\"coverage\": " << json_text(figures_of(standing.coverage));
        for (const Section& section : sections) {
            out << ",\n\"" << section.member << "\": ";
            print_rows(warehouse, section, *output.printer());
        }
        out << "}\n";
    }

    OutputStyle m_style;
    bool m_strict = false;
};

} // namespace

std::unique_ptr<Command> make_status_command() { return std::make_unique<StatusCommand>(); }

} // namespace tidemark
