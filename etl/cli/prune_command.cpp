#include "cli/command.hpp"
#include "cli/options.hpp"
#include "config/fields.hpp"
#include "error.hpp"
#include "platform/process.hpp"
#include "sync/prune.hpp"
#include "text/did_you_mean.hpp"
#include "text/terminal.hpp"
#include "warehouse/calendar.hpp"
#include "warehouse/migration.hpp"

#include <fmt/format.h>

namespace tidemark {
namespace {

std::string summed(const PruneTally& tally, bool logs_only) {
    const auto lines = count_of(tally.log_lines, "log line");
    if (logs_only) return fmt::format("{} of {}", lines, count_of(tally.executions, "execution"));
    return fmt::format("{} with {} and {}", count_of(tally.executions, "execution"), lines,
                       count_of(tally.task_runs, "task run"));
}

class PruneCommand : public Command {
public:
    [[nodiscard]] std::string name() const override { return "prune"; }
    [[nodiscard]] std::string summary() const override {
        return "Remove old executions, or only their log lines; keep their totals by day";
    }
    [[nodiscard]] std::string example() const override {
        return "tidemark prune --older-than 180d --logs-only";
    }

    void add_options(Options& options) override {
        options.required_text("--older-than", "AGE",
                              "of the executions: a duration such as 180d or 1d12h", m_older_than);
        options.flag("--logs-only", "remove log lines; executions and their task runs stay",
                     m_logs_only);
        options.texts("--outcome", "STATE",
                      "only executions of this state: completed, failed, none, running or unknown",
                      m_outcomes);
        options.flag("--yes", "do it; without it the plan is printed, and nothing is removed",
                     m_yes);
        options.output(m_style);
    }

    [[nodiscard]] bool cleans_up() const override { return m_yes; }

    ExitCode run(const Config& config) override {
        const PruneOptions options = what();
        RowOutput output(m_style, config);
        if (!m_yes) {
            const auto warehouse = open_warehouse(config.warehouse, OpenMode::read_only);
            require_current_schema(*warehouse);
            print(plan_prune(config, *warehouse, options, system_now()), output);
            return ExitCode::ok;
        }
        const auto writer = open_warehouse(config.warehouse, OpenMode::existing);
        const auto lease = writer->lease(default_lease_wait);
        require_current_schema(*writer);
        const auto reader = open_warehouse(config.warehouse, OpenMode::read_only);
        const Timestamp now = system_now();
        const PrunePlan plan = plan_prune(config, *reader, options, now);
        print(plan, output);
        const PruneTally removed =
            prune(config, *writer, *reader, options, plan, now, [&](const PruneTally& so_far) {
                if (so_far.executions == plan.tally.executions) return;
                write_stderr(
                    fmt::format("tidemark: removed {} so far\n", summed(so_far, m_logs_only)));
            });
        keep_calendar(*writer, now);
        writer->optimize();
        write_stderr(fmt::format("tidemark: removed {}\n", summed(removed, m_logs_only)));
        return ExitCode::ok;
    }

private:
    [[nodiscard]] PruneOptions what() const {
        PruneOptions options{.logs_only = m_logs_only};
        const auto age = parse_duration(m_older_than);
        if (!age) {
            throw ConfigError(fmt::format("'{}' after '--older-than' is no duration such as '180d',"
                                          " '26h' or '1d12h', at most {}d",
                                          printable(m_older_than), most_days));
        }
        options.older_than = *age;
        for (const std::string& outcome : m_outcomes) {
            const State state = state_from_text(outcome);
            if (to_text(state) != outcome) {
                const std::vector<std::string> names{"none", "running", "completed", "failed",
                                                     "unknown"};
                throw ConfigError(fmt::format(
                    "'{}' after '--outcome' is no state of an execution{}; it must be "
                    "one of '{}'",
                    printable(outcome), did_you_mean(outcome, names), fmt::join(names, "', '")));
            }
            options.states.insert(state);
        }
        return options;
    }

    void print(const PrunePlan& plan, RowOutput& output) const {
        const auto printer = output.printer();
        printer->columns({"job", "job_id", "executions", "log_lines", "task_runs",
                          "oldest_created_at_utc", "newest_created_at_utc", "pruned_before_utc"});
        for (const JobPrune& job : plan.jobs) {
            printer->row({job.name, job.job_id, job.tally.executions, job.tally.log_lines,
                          job.tally.task_runs, to_text(job.oldest), to_text(job.newest),
                          to_text(job.before)});
        }
        printer->finish();
        output.finish();
        if (m_yes) return;
        if (plan.jobs.empty()) {
            write_stderr(
                fmt::format("tidemark: nothing to remove: nothing was created before {} UTC that"
                            " may go\n",
                            to_text(plan.limit)));
        } else {
            write_stderr(
                fmt::format("tidemark: this would remove {}, created before {} UTC; nothing was"
                            " removed, '--yes' does it\n",
                            summed(plan.tally, m_logs_only), to_text(plan.limit)));
        }
    }

    std::string m_older_than;
    bool m_logs_only = false;
    std::vector<std::string> m_outcomes;
    bool m_yes = false;
    OutputStyle m_style;
};

} // namespace

std::unique_ptr<Command> make_prune_command() { return std::make_unique<PruneCommand>(); }

} // namespace tidemark
