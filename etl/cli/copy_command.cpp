#include "cli/command.hpp"
#include "cli/options.hpp"
#include "cli/row_printer.hpp"
#include "error.hpp"
#include "platform/process.hpp"
#include "warehouse/calendar.hpp"
#include "warehouse/copy.hpp"
#include "warehouse/migration.hpp"

#include <filesystem>
#include <iostream>
#include <system_error>

namespace tidemark {
namespace {

constexpr std::string_view config_key = "warehouse.url";

class CopyCommand : public Command {
public:
    [[nodiscard]] std::string name() const override { return "copy"; }
    [[nodiscard]] std::string summary() const override {
        return "Copy a whole warehouse into another, and compare the two";
    }

    [[nodiscard]] std::string example() const override {
        return "tidemark copy --to postgresql://tidemark_loader@db.example/warehouse";
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
        const std::string_view from_key = m_from.empty() ? config_key : "--from";
        const auto from = open(source, OpenMode::read_only, from_key);
        const auto lines = open(source, OpenMode::read_only, from_key);
        require_current_schema(*from);
        if (!from->dimensions(config.source.organisation).unfinished_syncs.empty()) {
            write_stderr(
                "tidemark: a sync of this warehouse is under way, or was killed: what it "
                "stores meanwhile may be copied in part; copy again after the next sync\n");
        }
        const auto to = open(target, OpenMode::create, "--to");
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

    /// Opens a warehouse whose URL came with this option.
    static std::unique_ptr<Warehouse> open(const WarehouseConfig& warehouse, OpenMode mode,
                                           std::string_view option) {
        const auto named = [&](const Error& error) {
            std::string text = error.what();
            const auto at = text.find(config_key);
            return at == std::string::npos ? text : text.replace(at, config_key.size(), option);
        };
        try {
            return open_warehouse(warehouse, mode);
        } catch (const Interrupted&) {
            throw;
        } catch (const ConfigError& error) {
            throw ConfigError(named(error));
        } catch (const Error& error) {
            throw Error(named(error));
        }
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
