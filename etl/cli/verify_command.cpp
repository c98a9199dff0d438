#include "cli/command.hpp"
#include "cli/options.hpp"
#include "cli/sync_progress.hpp"
#include "config/secrets.hpp"
#include "error.hpp"
#include "platform/path_text.hpp"
#include "platform/process.hpp"
#include "source/api_source.hpp"
#include "source/folder_source.hpp"
#include "text/terminal.hpp"
#include "verify/offline.hpp"
#include "verify/online.hpp"
#include "warehouse/migration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>

namespace tidemark {
namespace {

constexpr std::size_t ids_shown = 3;

std::string_view to_text(Difference difference) {
    switch (difference) {
    case Difference::missing: return "missing";
    case Difference::moved_on: return "moved on";
    case Difference::changed: return "changed";
    case Difference::damaged: return "damaged";
    case Difference::rejected: break;
    }
    return "rejected";
}

/// The first few of what differs, by id, so that the same is shown every time.
std::string first_of(const BodyTally& now) {
    std::vector<std::pair<Guid, Difference>> found(now.differences.begin(), now.differences.end());
    const auto shown = std::min(found.size(), ids_shown);
    std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(shown),
                      found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::string text;
    for (std::size_t i = 0; i < shown; ++i) {
        if (i > 0) text += ", ";
        text += fmt::format("{} {}", to_text(found[i].second), to_text(found[i].first));
    }
    return text;
}

class VerifyCommand : public Command {
public:
    [[nodiscard]] std::string name() const override { return "verify"; }
    [[nodiscard]] std::string summary() const override {
        return "Compare the warehouse with what the API returns now, or with itself; write nothing";
    }
    [[nodiscard]] std::string example() const override { return "tidemark verify --offline"; }

    void add_options(Options& options) override {
        options.flag("--offline",
                     "look at the warehouse's own consistency alone: no network, no key",
                     m_offline);
        options.jobs(m_jobs);
        options.text("--from", "DIR", "compare with saved bodies in this folder instead", m_folder);
        options.exclude("--job", "--offline");
        options.exclude("--from", "--offline");
        options.output(m_style);
    }

    ExitCode run(const Config& config) override {
        RowOutput output(m_style, config);
        const auto warehouse = open_warehouse(config.warehouse, OpenMode::read_only);
        require_current_schema(*warehouse);
        if (!warehouse->dimensions(config.source.organisation).unfinished_syncs.empty()) {
            write_stderr(
                fmt::format("tidemark: a sync is under way, or was killed: what it changes "
                            "meanwhile may look as if it differed\n"));
        }
        if (m_offline) return print(verify_offline(*warehouse), output);
        const auto source = m_folder.empty()
                                ? open_api_source(config.source, read_api_key(config.source))
                                : open_folder_source(path_of(m_folder));
        const auto progress = make_sync_progress();
        return print(verify_online(config, *source, *warehouse, m_jobs, system_now(), *progress),
                     output);
    }

private:
    static ExitCode print(const std::vector<CheckResult>& results, RowOutput& output) {
        const auto printer = output.printer();
        printer->columns({"check", "verdict", "violations", "first", "repair"});
        bool sound = true;
        for (const CheckResult& result : results) {
            const bool ok = result.violations == 0;
            sound = sound && ok && result.done;
            printer->row({result.name,
                          std::string{!result.done ? "not done"
                                      : ok         ? "ok"
                                                   : "violated"},
                          result.done ? Value{result.violations} : Value{},
                          fmt::format("{}", fmt::join(result.first, "; ")),
                          ok ? Value{} : Value{result.repair}});
        }
        printer->finish();
        output.finish();
        return sound ? ExitCode::ok : ExitCode::partial;
    }

    static ExitCode print(const std::vector<JobComparison>& jobs, RowOutput& output) {
        const auto printer = output.printer();
        printer->columns({"job", "verdict", "executions", "stored_executions", "log_lines",
                          "stored_log_lines", "missing", "moved_on", "changed", "damaged",
                          "rejected", "known_rejected", "first", "repair"});
        for (const JobComparison& job : jobs)
            printer->row(row_of(job));
        printer->finish();
        output.finish();
        for (const JobComparison& job : jobs) {
            if (!job.error) continue;
            write_stderr(fmt::format("tidemark: job '{}' failed: {}\n", printable(job.job.name),
                                     printable(*job.error)));
        }
        return exit_code_of(jobs);
    }

    static std::vector<Value> row_of(const JobComparison& job) {
        const auto number = [&](Difference difference) { return number_of(job, difference); };
        return {job.job.name,
                std::string{job.error     ? "unread"
                            : agrees(job) ? "ok"
                                          : "differs"},
                job.now.executions,
                job.stored.executions,
                job.now.log_lines,
                job.stored.log_lines,
                number(Difference::missing),
                number(Difference::moved_on),
                number(Difference::changed),
                number(Difference::damaged),
                number(Difference::rejected) + job.now.unreadable,
                job.now.rejected,
                first_of(job.now),
                repair_of(job)};
    }

    static ExitCode exit_code_of(const std::vector<JobComparison>& jobs) {
        const auto failed = std::count_if(jobs.begin(), jobs.end(),
                                          [](const auto& job) { return job.error.has_value(); });
        if (failed > 0 && failed == static_cast<std::ptrdiff_t>(jobs.size()))
            return ExitCode::failed;
        return std::all_of(jobs.begin(), jobs.end(), agrees) ? ExitCode::ok : ExitCode::partial;
    }

    bool m_offline = false;
    std::vector<std::string> m_jobs;
    std::string m_folder;
    OutputStyle m_style;
};

} // namespace

std::unique_ptr<Command> make_verify_command() { return std::make_unique<VerifyCommand>(); }

} // namespace tidemark
