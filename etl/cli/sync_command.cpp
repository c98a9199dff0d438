#include "cli/command.hpp"
#include "cli/sync_progress.hpp"
#include "cli/sync_summary.hpp"
#include "source/api_source.hpp"
#include "source/folder_source.hpp"
#include "sync/sync.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdio>

namespace tidemark {
namespace {

class SyncCommand : public Command {
public:
    [[nodiscard]] std::string name() const override { return "sync"; }
    [[nodiscard]] std::string summary() const override {
        return "Pull what is new from the jobs API into the warehouse";
    }

    void add_options(CLI::App& app) override {
        app.add_option("--job", m_options.jobs,
                       "only this job, by name or id, with * and ?; can be given more than once")
            ->type_name("JOB")
            ->allow_extra_args(false);
        app.add_flag("--full", m_options.full, "compare every execution again, however old");
        app.add_flag("--reattribute", m_options.reattribute,
                     "at the end, apply the rules to everything that is stored, as 'tidemark "
                     "attribute' does");
        app.add_flag("--dry-run", m_options.dry_run,
                     "read and compare everything, but write nothing");
        app.add_flag("--accept-jobs", m_options.accept_jobs,
                     "believe a list of jobs in which not one is known");
        app.add_option("--from", m_folder,
                       "read saved bodies from this folder (jobs.json, logs/JOB_ID.json) instead "
                       "of the API")
            ->type_name("DIR");
    }

    ExitCode run(const Config& config) override {
        const auto source = open_source(config);
        const auto progress = make_sync_progress();
        const Timestamp started_at = system_now();
        const SyncReport report = sync(config, *source, system_now, *progress, m_options);
        const std::chrono::duration<double> seconds = system_now() - started_at;
        for (const std::string& line : summary_of(report, seconds.count())) {
            fmt::print(stderr, "{}\n", line);
        }
        if (!report.dry_run) {
            for (const std::string& line : late_sources(config)) {
                fmt::print(stderr, "{}\n", line);
            }
        }
        return exit_code_of(report.outcome);
    }

private:
    [[nodiscard]] std::unique_ptr<Source> open_source(const Config& config) const {
        if (!m_folder.empty()) return open_folder_source(m_folder);
        return open_api_source(config.source, read_api_key(config.source));
    }

    SyncOptions m_options;
    std::string m_folder;
};

} // namespace

std::unique_ptr<Command> make_sync_command() { return std::make_unique<SyncCommand>(); }

} // namespace tidemark
