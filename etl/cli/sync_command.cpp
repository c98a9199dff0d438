#include "archive/archive.hpp"
#include "archive/archive_source.hpp"
#include "cli/command.hpp"
#include "cli/options.hpp"
#include "cli/sync_progress.hpp"
#include "cli/sync_summary.hpp"
#include "config/secrets.hpp"
#include "monitoring/monitor.hpp"
#include "platform/log.hpp"
#include "platform/path_text.hpp"
#include "platform/process.hpp"
#include "report/report.hpp"
#include "source/api_source.hpp"
#include "source/folder_source.hpp"
#include "sync/sync.hpp"
#include "text/terminal.hpp"
#include "warehouse/own_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace tidemark {
namespace {

class SyncCommand : public Command {
public:
    [[nodiscard]] std::string name() const override { return "sync"; }
    [[nodiscard]] std::string summary() const override {
        return "Pull what is new from the jobs API into the warehouse";
    }
    [[nodiscard]] std::string example() const override {
        return "tidemark sync --job 'Nightly*' --dry-run";
    }

    void add_options(Options& options) override {
        options.jobs(m_options.jobs);
        options.flag("--full", "compare every execution again, however old", m_options.full);
        options.flag("--reattribute",
                     "at the end, apply the rules to everything that is stored, as 'tidemark "
                     "attribute' does",
                     m_options.reattribute);
        options.flag("--dry-run", "read and compare everything, but write nothing",
                     m_options.dry_run);
        options.flag("--accept-jobs", "believe a list of jobs in which not one is known",
                     m_options.accept_jobs);
        options.text(
            "--from", "DIR",
            "read saved bodies from this folder (jobs.json, logs/JOB_ID.json) instead of the API",
            m_folder);
        options.text("--from-archive", "DIR",
                     "read every execution that this archive holds, and compare it; nothing is "
                     "archived then",
                     m_archive);
        options.exclude("--from", "--from-archive");
        options.text("--summary", "FILE", "write what became of the sync into this file, as JSON",
                     m_summary);
    }

    [[nodiscard]] bool cleans_up() const override { return true; }

    ExitCode run(const Config& config) override {
        std::optional<std::filesystem::path> summary;
        if (!m_summary.empty()) summary = path_of(m_summary);
        if (summary) refuse_own_file(*summary, config);
        for (const WrittenFile& written : files_of_a_sync(config))
            refuse_own_file(written.file, config, written.key);
        Monitor monitor(config, std::move(summary), m_options.dry_run);
        try {
            return m_archive.empty() ? run(config, monitor) : run_from_archive(config, monitor);
        } catch (const std::exception& error) {
            monitor.failed(error);
            throw;
        }
    }

private:
    /// Compares everything, as it is there to correct what is stored, and archives nothing.
    ExitCode run_from_archive(Config config, Monitor& monitor) {
        require_organisation(path_of(m_archive), config.source.organisation);
        config.archive = {};
        m_options.full = true;
        return run(config, monitor);
    }

    ExitCode run(const Config& config, Monitor& monitor) {
        const auto source = open_source(config);
        const auto progress = make_sync_progress();
        const Timestamp started_at = system_now();
        SyncReport report = sync(config, *source, system_now, *progress, m_options);
        const std::chrono::duration<double> seconds = system_now() - started_at;
        std::vector<std::string> lines = summary_of(report, seconds.count());
        if (const auto hazard = hazard_of(config.warehouse))
            lines.push_back(fmt::format("tidemark: {}", printable(*hazard)));
        const bool has_standing = !report.dry_run && add_standing(lines, config);
        if (logging().verbosity == Verbosity::verbose) {
            for (const std::string& line : details_of(report))
                log(Level::info, line);
        }
        log_summary(lines, report, has_standing);
        if (!report.dry_run) write_page(config);
        const ExitCode code = exit_code_of(report.outcome);
        monitor.ended(std::move(report), std::move(lines));
        return code;
    }

    [[nodiscard]] std::unique_ptr<Source> open_source(const Config& config) const {
        if (!m_folder.empty()) return open_folder_source(path_of(m_folder));
        if (!m_archive.empty()) return open_archive_source(path_of(m_archive));
        return open_api_source(config.source, read_api_key(config.source));
    }

    /// The history is stored: a sync whose sources cannot be read afterwards is no failed one, and
    /// what it found is printed. Returns whether the lines were added.
    static bool add_standing(std::vector<std::string>& lines, const Config& config) {
        try {
            std::ranges::move(standing_lines(config), std::back_inserter(lines));
            return true;
        } catch (const std::exception& error) {
            lines.push_back(fmt::format("tidemark: cannot say how fresh the data sources are: {}",
                                        printable(error.what())));
            return false;
        }
    }

    /// The history is stored: that the page cannot be written is told, and no failure of the sync.
    static void write_page(const Config& config) {
        if (!config.report.file) return;
        try {
            write_report(config, *config.report.file, system_now());
        } catch (const std::exception& error) {
            log(Level::warning, printable(error.what()));
        }
    }

    SyncOptions m_options;
    std::string m_summary;
    std::string m_folder;
    std::string m_archive;
};

} // namespace

std::unique_ptr<Command> make_sync_command() { return std::make_unique<SyncCommand>(); }

} // namespace tidemark
