#include "cli/command.hpp"
#include "cli/options.hpp"
#include "cli/row_selection.hpp"
#include "error.hpp"
#include "text/did_you_mean.hpp"
#include "warehouse/migration.hpp"
#include "warehouse/sql_files.hpp"

#include <fmt/format.h>

#include <map>
#include <sstream>

namespace tidemark {
namespace {

/// The words between commas.
std::vector<std::string> separated(const std::string& words) {
    std::vector<std::string> parts;
    std::istringstream in(words);
    for (std::string part; std::getline(in, part, ',');) {
        if (!part.empty()) parts.push_back(part);
    }
    return parts;
}

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
        options.flag("--list", "list the views and what each answers", m_list);
        options.text("--columns", "COLUMN,…", "only these columns, in this order", m_columns);
        options.texts("--where", "COLUMN=VALUE",
                      "only rows whose column has this value, with * and ?; can be given more than "
                      "once",
                      m_selection.where);
        options.text("--sort", "COLUMN", "order the rows by this column", m_selection.sort);
        options.flag("--descending", "the other way round", m_selection.descending);
        options.number("--limit", "only the first rows", m_selection.limit);
        options.output(m_style);
        options.csv(m_style.csv);
    }

    ExitCode run(const Config& config) override {
        RowOutput output(m_style, config);
        const auto warehouse = open_warehouse(config.warehouse, OpenMode::read_only);
        require_current_schema(*warehouse);
        const auto printer = output.printer();
        m_selection.columns = separated(m_columns);
        const auto selected = select_rows(m_selection, *printer);
        if (m_name.empty() || m_list) {
            list(*warehouse, *selected);
        } else {
            warehouse->read(m_name, sink_to(*selected));
        }
        selected->finish();
        output.finish();
        return ExitCode::ok;
    }

private:
    static void list(const Warehouse& warehouse, RowPrinter& printer) {
        printer.columns({"view", "what it answers"});
        std::map<std::string, std::string> views;
        for (const ViewFile& view : view_files_of(warehouse.dialect())) {
            views.emplace(view.name, description_of(view));
        }
        for (const auto& [name, question] : views)
            printer.row({name, question});
    }

    std::string m_name;
    std::string m_columns;
    Selection m_selection;
    bool m_list = false;
    OutputStyle m_style;
};

} // namespace

std::unique_ptr<Command> make_query_command() { return std::make_unique<QueryCommand>(); }

} // namespace tidemark
