#include "cli/command.hpp"
#include "cli/options.hpp"
#include "warehouse/migration.hpp"

#include <fmt/format.h>

#include <cstdio>

namespace tidemark {
namespace {

class MigrateCommand : public Command {
public:
    [[nodiscard]] std::string name() const override { return "migrate"; }
    [[nodiscard]] std::string summary() const override {
        return "Create the warehouse's schema, or bring it up to this version";
    }

    void add_options(Options& options) override {
        options.flag("--dry-run", "print what is pending, change nothing", m_dry_run);
        options.flag("--grants",
                     "print the statements that create the roles for loading and for reading "
                     "(PostgreSQL), change nothing",
                     m_grants);
        options.flag(
            "--citus",
            "spread the log lines over the nodes of a Citus cluster, after what is pending",
            m_citus);
        options.flag("--no-citus", "take the tables back from the cluster to one server",
                     m_no_citus);
        options.exclude("--citus", "--no-citus");
        for (const auto* layout : {"--citus", "--no-citus"}) {
            options.exclude(layout, "--dry-run");
            options.exclude(layout, "--grants");
        }
    }

    ExitCode run(const Config& config) override {
        if (m_grants) {
            fmt::print("{}", grants_for(config.warehouse));
            return ExitCode::ok;
        }
        if (m_citus || m_no_citus) require_citus(config.warehouse);
        const auto warehouse =
            open_warehouse(config.warehouse, m_dry_run ? OpenMode::read_only : OpenMode::create);
        if (m_dry_run) {
            print(pending_migration(*warehouse), "pending");
        } else {
            const auto lease = warehouse->lease(default_lease_wait);
            print(migrate(*warehouse, system_now()), "applied");
            if (m_citus || m_no_citus) change_layout(config.warehouse, *warehouse);
        }
        return ExitCode::ok;
    }

private:
    void change_layout(const WarehouseConfig& config, Warehouse& warehouse) const {
        const auto moved = lay_out(config, m_citus ? Layout::citus : Layout::one_server);
        for (const TablePlace& table : moved)
            fmt::print("table '{}' is {}\n", table.table, table.place);
        if (moved.empty()) fmt::print("nothing to move: the layout is as asked for\n");
        // comments do not outlive a move, and an earlier one may have been cut off behind it
        define_views(warehouse);
    }

    static void print(const PendingMigration& migration, std::string_view what) {
        for (const SchemaFile& file : migration.files)
            fmt::print("{} {}\n", what, file.name);
        if (migration.views) fmt::print("{} views\n", what);
        if (migration.none()) fmt::print("nothing to do: the schema is this version's\n");
    }

    bool m_dry_run = false;
    bool m_grants = false;
    bool m_citus = false;
    bool m_no_citus = false;
};

} // namespace

std::unique_ptr<Command> make_migrate_command() { return std::make_unique<MigrateCommand>(); }

} // namespace tidemark
