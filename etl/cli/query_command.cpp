#include "cli/command.hpp"
#include "cli/options.hpp"
#include "cli/row_printer.hpp"
#include "error.hpp"
#include "text/did_you_mean.hpp"
#include "warehouse/migration.hpp"
#include "warehouse/sql_files.hpp"

#include <fmt/format.h>

#include <iostream>
#include <map>

namespace tidemark {
namespace {

class QueryCommand : public Command {
public:
    [[nodiscard]] std::string name() const override { return "query"; }
    [[nodiscard]] std::string summary() const override {
        return "Print a view of the warehouse; without a name, list the views";
    }
    [[nodiscard]] std::string example() const override {
        return "tidemark query last_successful_load --format csv";
    }

    void add_options(Options& options) override {
        options.text("name", "NAME", "the view or table", m_name);
        options.format(m_format);
    }

    ExitCode run(const Config& config) override {
        const auto warehouse = open_warehouse(config.warehouse, OpenMode::read_only);
        require_current_schema(*warehouse);
        const auto printer = make_row_printer(m_format, std::cout);
        if (m_name.empty()) {
            list(*warehouse, *printer);
        } else {
            warehouse->read(m_name, sink_to(*printer));
        }
        printer->finish();
        return ExitCode::ok;
    }

private:
    static void list(const Warehouse& warehouse, RowPrinter& printer) {
        printer.columns({"view", "what it answers"});
        std::map<std::string, std::string> views;
        for (const ViewFile& view : warehouse.view_files()) {
            views.emplace(view.name, description_of(view));
        }
        for (const auto& [name, question] : views)
            printer.row({name, question});
    }

    std::string m_name;
    Format m_format = Format::table;
};

} // namespace

std::unique_ptr<Command> make_query_command() { return std::make_unique<QueryCommand>(); }

} // namespace tidemark
