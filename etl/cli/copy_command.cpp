#include "cli/command.hpp"
#include "cli/options.hpp"
#include "cli/row_printer.hpp"
#include "error.hpp"
#include "warehouse/calendar.hpp"
#include "warehouse/copy.hpp"
#include "warehouse/migration.hpp"

#include <filesystem>
#include <iostream>
#include <system_error>

namespace tidemark {
namespace {

class CopyCommand : public Command {
public:
    [[nodiscard]] std::string name() const override { return "copy"; }
    [[nodiscard]] std::string summary() const override {
        return "Copy a whole warehouse into another, and compare the two";
    }

    void add_options(Options& options) override {
        options.text("--from", "URL", "the warehouse to copy (default: the configuration's)",
                     m_from);
        options.required_text("--to", "URL",
                              "the warehouse to copy into; it is created when it is empty", m_to);
    }

    ExitCode run(const Config& config) override {
        const auto source = at(config, m_from.empty() ? config.warehouse.url : m_from);
        const auto target = at(config, m_to);
        if (is_same(source, target))
            throw ConfigError("'--to' names the warehouse that is copied; name another one");
        const auto from = open_warehouse(source, OpenMode::read_only);
        const auto lines = open_warehouse(source, OpenMode::read_only);
        require_current_schema(*from);
        const auto to = open_warehouse(target, OpenMode::create);
        const auto lease = to->lease(default_lease_wait);
        migrate(*to, system_now());
        copy_warehouse(*from, *lines, *to);
        keep_calendar(*to, system_now());
        to->optimize();
        return print(compare_warehouses(*from, *to));
    }

private:
    static WarehouseConfig at(const Config& config, const std::string& url) {
        WarehouseConfig warehouse = config.warehouse;
        warehouse.url = url;
        return warehouse;
    }

    /// Two names of one file are one warehouse. Two URLs of one server are not seen through.
    static bool is_same(const WarehouseConfig& source, const WarehouseConfig& target) {
        if (source.url == target.url) return true;
        const auto file = warehouse_file(source);
        const auto other = warehouse_file(target);
        std::error_code ignored; // of files that are not there
        return file && other && std::filesystem::equivalent(*file, *other, ignored);
    }

    static ExitCode print(const std::vector<TableComparison>& comparisons) {
        const auto printer = make_row_printer(Format::table, std::cout);
        printer->columns({"table", "rows", "rows copied", "checksum"});
        bool equal = true;
        for (const TableComparison& table : comparisons) {
            printer->row({table.table, table.rows_from, table.rows_to,
                          std::string{table.equal ? "equal" : "differs"}});
            equal = equal && table.equal;
        }
        printer->finish();
        return equal ? ExitCode::ok : ExitCode::failed;
    }

    std::string m_from;
    std::string m_to;
};

} // namespace

std::unique_ptr<Command> make_copy_command() { return std::make_unique<CopyCommand>(); }

} // namespace tidemark
