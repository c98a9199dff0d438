#include "cli/command.hpp"
#include "cli/row_printer.hpp"
#include "sync/outdated.hpp"
#include "warehouse/migration.hpp"

#include <iostream>

namespace tidemark {
namespace {

constexpr std::size_t syncs_shown = 10;

class StatusCommand : public Command {
public:
    [[nodiscard]] std::string name() const override { return "status"; }
    [[nodiscard]] std::string summary() const override {
        return "Show how fresh each data source is, the watermarks and the last syncs";
    }

    ExitCode run(const Config& config) override {
        const auto warehouse = open_warehouse(config.warehouse, OpenMode::read_only);
        require_current_schema(*warehouse);
        section(*warehouse, "Last successful load of each data source", "last_successful_load");
        section(*warehouse, "How far each job is loaded", "watermarks");
        section(*warehouse, "The last syncs", "recent_syncs", syncs_shown);
        for (const std::string& line : lines_of(outdated_history(*warehouse, config)))
            std::cout << line << '\n';
        return ExitCode::ok;
    }

private:
    static void section(Warehouse& warehouse, std::string_view title, std::string_view view,
                        std::size_t limit = SIZE_MAX) {
        std::cout << title << "\n\n";
        const auto printer = make_row_printer(Format::table, std::cout);
        RowSink sink = sink_to(*printer);
        sink.row = [&printer, limit, shown = std::size_t{0}](const auto& values) mutable {
            if (shown++ < limit) printer->row(values);
        };
        warehouse.read(view, sink);
        printer->finish();
        std::cout << '\n';
    }
};

} // namespace

std::unique_ptr<Command> make_status_command() { return std::make_unique<StatusCommand>(); }

} // namespace tidemark
