#include "archive/archive.hpp"
#include "archive/contents.hpp"
#include "archive/import.hpp"
#include "cli/command.hpp"
#include "cli/options.hpp"
#include "error.hpp"
#include "platform/path_text.hpp"
#include "platform/process.hpp"
#include "source/folder_source.hpp"
#include "text/did_you_mean.hpp"
#include "text/terminal.hpp"
#include "warehouse/warehouse.hpp"

#include <fmt/format.h>

namespace tidemark {
namespace {

constexpr std::size_t faults_shown = 3;

class ArchiveCommand : public Command {
public:
    [[nodiscard]] std::string name() const override { return "archive"; }
    [[nodiscard]] std::string summary() const override {
        return "Show the archive of raw executions, prove it whole, or import saved bodies";
    }
    [[nodiscard]] std::string example() const override { return "tidemark archive verify"; }

    void add_options(Options& options) override {
        options.text("action", "ACTION",
                     "verify: read every byte and compare it with its hash; import: take the saved "
                     "bodies of FOLDER; without one, show what it holds",
                     m_action);
        options.text("folder", "FOLDER", "the saved bodies to import (jobs.json, logs/JOB_ID.json)",
                     m_folder);
        options.text("--dir", "DIR", "the archive (default: archive.dir of the configuration)",
                     m_dir);
        options.output(m_style);
    }

    /// An import ends between two executions.
    [[nodiscard]] bool cleans_up() const override { return true; }

    ExitCode run(const Config& config) override {
        const std::filesystem::path archive = archive_of(config);
        if (m_action != "import" && !m_folder.empty())
            throw ConfigError(fmt::format("'{}' is one argument too many", m_folder));
        RowOutput output(m_style, config);
        if (m_action.empty()) return show(archive, output);
        if (m_action == "verify") return verify(archive, output);
        if (m_action == "import") return import(config, archive, output);
        throw ConfigError(fmt::format("'archive' has no action '{}'{}; it has 'verify' and "
                                      "'import'",
                                      m_action, did_you_mean(m_action, {"verify", "import"})));
    }

private:
    [[nodiscard]] std::filesystem::path archive_of(const Config& config) const {
        if (!m_dir.empty()) return path_of(m_dir);
        if (config.archive.dir) return *config.archive.dir;
        throw ConfigError("there is no 'archive.dir' in the configuration; set it, or give --dir");
    }

    static ExitCode show(const std::filesystem::path& archive, RowOutput& output) {
        const auto printer = output.printer();
        printer->columns(
            {"job", "executions", "versions", "bytes", "stored_bytes", "last_kept_utc", "remark"});
        bool sound = true;
        for (const ArchivedJob& job : contents_of(archive)) {
            sound = sound && job.fault.empty();
            printer->row({job.job.name, job.executions, job.versions, job.content_bytes, job.bytes,
                          job.has_body ? Value{to_text(job.last_kept_at)} : Value{},
                          remark_of(job)});
        }
        printer->finish();
        output.finish();
        return sound ? ExitCode::ok : ExitCode::partial;
    }

    static Value remark_of(const ArchivedJob& job) {
        if (!job.fault.empty()) return job.fault;
        if (!job.has_body) return std::string{"no body of it was kept"};
        return job.is_listed ? Value{} : Value{std::string{"no longer listed"}};
    }

    static ExitCode verify(const std::filesystem::path& archive, RowOutput& output) {
        const auto printer = output.printer();
        printer->columns({"file", "verdict", "versions", "bytes", "stored_bytes", "found"});
        bool sound = true;
        for (const FileCheck& file : check_archive(archive)) {
            sound = sound && file.faults.empty();
            std::string found = listed(file.faults, faults_shown, "; ");
            if (found.empty() && file.torn > 0) {
                found = fmt::format("{} bytes at its end are of a write that was cut off; the next "
                                    "sync cuts them away",
                                    file.torn);
            }
            printer->row({file.file, std::string{file.faults.empty() ? "ok" : "damaged"},
                          file.versions, file.content_bytes, file.bytes,
                          found.empty() ? Value{} : Value{found}});
        }
        printer->finish();
        output.finish();
        return sound ? ExitCode::ok : ExitCode::partial;
    }

    ExitCode import(const Config& config, const std::filesystem::path& archive,
                    RowOutput& output) const {
        if (m_folder.empty())
            throw ConfigError("'archive import' needs the folder of the saved bodies");
        const auto source = open_folder_source(path_of(m_folder));
        Archive into(archive, config.source.organisation, default_lease_wait);
        const auto jobs =
            import_bodies(*source, into, config.source.max_execution_bytes, system_now());
        const auto printer = output.printer();
        printer->columns({"job", "executions", "kept", "too_large", "error"});
        bool whole = true;
        for (const ImportedJob& job : jobs) {
            whole = whole && !job.error && job.oversized == 0;
            printer->row({job.name, job.executions, job.kept, job.oversized,
                          job.error ? Value{*job.error} : Value{}});
        }
        printer->finish();
        output.finish();
        return whole ? ExitCode::ok : ExitCode::partial;
    }

    std::string m_action;
    std::string m_folder;
    std::string m_dir;
    OutputStyle m_style;
};

} // namespace

std::unique_ptr<Command> make_archive_command() { return std::make_unique<ArchiveCommand>(); }

} // namespace tidemark
