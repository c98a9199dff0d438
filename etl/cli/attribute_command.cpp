#include "cli/attribution_report.hpp"
#include "cli/command.hpp"
#include "cli/options.hpp"
#include "sync/given_starts.hpp"
#include "sync/reattribute.hpp"
#include "text/terminal.hpp"
#include "warehouse/calendar.hpp"
#include "warehouse/migration.hpp"

#include <fmt/format.h>

#include <cstdio>

namespace tidemark {
namespace {

void print(const std::vector<std::string>& lines) {
    for (const std::string& line : lines)
        fmt::print("{}\n", line);
}

class AttributeCommand : public Command {
public:
    [[nodiscard]] std::string name() const override { return "attribute"; }
    [[nodiscard]] std::string summary() const override {
        return "Apply today's configuration to all that is stored";
    }
    [[nodiscard]] std::string example() const override { return "tidemark attribute --dry-run"; }

    void add_options(Options& options) override {
        options.flag("--dry-run", "print what would change, change nothing", m_dry_run);
        options.flag("--test", "only run the configuration's own tests of its rules", m_test);
    }

    [[nodiscard]] bool cleans_up() const override { return true; }

    ExitCode run(const Config& config) override {
        if (m_test) return run_tests(config);
        print(lines_of(m_dry_run ? preview(config) : apply(config), m_dry_run));
        return ExitCode::ok;
    }

private:
    static ExitCode run_tests(const Config& config) {
        const auto failures = failed_tests(config.attribution);
        for (const TestFailure& failure : failures)
            print(lines_of(failure, config));
        const auto tests = config.attribution.tests.size();
        fmt::print("{}, {} failed\n", count_of(tests, "test"), failures.size());
        return failures.empty() ? ExitCode::ok : ExitCode::partial;
    }

    static AttributionChanges preview(const Config& config) {
        const auto warehouse = open_warehouse(config.warehouse, OpenMode::read_only);
        require_current_schema(*warehouse);
        return preview_reattribution(config, *warehouse);
    }

    static AttributionChanges apply(const Config& config) {
        const auto writer = open_warehouse(config.warehouse, OpenMode::existing);
        const auto lease = writer->lease(default_lease_wait);
        if (config.warehouse.migrate_by_itself) {
            migrate(*writer, system_now());
        } else {
            require_current_schema(*writer);
        }
        const auto reader = open_warehouse(config.warehouse, OpenMode::read_only);
        AttributionChanges changes = reattribute(config, *writer, *reader, system_now());
        keep_calendar(*writer, system_now());
        keep_given_starts(config, *writer, system_now());
        writer->optimize();
        return changes;
    }

    bool m_dry_run = false;
    bool m_test = false;
};

} // namespace

std::unique_ptr<Command> make_attribute_command() { return std::make_unique<AttributeCommand>(); }

} // namespace tidemark
