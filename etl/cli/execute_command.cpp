#include "cli/command.hpp"
#include "cli/dialogue.hpp"
#include "cli/options.hpp"
#include "cli/queued_runs.hpp"
#include "cli/sync_progress.hpp"
#include "cli/sync_summary.hpp"
#include "config/fields.hpp"
#include "config/secrets.hpp"
#include "error.hpp"
#include "platform/interrupt.hpp"
#include "platform/log.hpp"
#include "platform/path_text.hpp"
#include "platform/process.hpp"
#include "sync/follow.hpp"
#include "sync/sync.hpp"
#include "text/terminal.hpp"

#include <fmt/format.h>

#include <chrono>

namespace tidemark {
namespace {

using std::chrono::steady_clock;

void report(std::string_view what, Level level = Level::info) { log(level, printable(what)); }

std::string in_words(steady_clock::duration duration) {
    return human_seconds(std::chrono::duration<double>(duration).count());
}

class ExecuteCommand : public Command {
public:
    [[nodiscard]] std::string name() const override { return "execute"; }
    [[nodiscard]] std::string summary() const override {
        return "Queue a run of a job, and follow it to its end";
    }
    [[nodiscard]] std::string example() const override {
        return "tidemark execute 'Nightly load' --wait --timeout 15m --yes";
    }

    void add_options(Options& options) override {
        options.required_text("job", "JOB", "the job, by its whole name or its id", m_job);
        options.flag("--wait", "print its log as it comes, until the run has ended", m_wait);
        options.text(
            "--timeout", "DURATION",
            "with --wait or --follow: how long it may take until the run is picked up (10m)",
            m_timeout);
        options.text("--follow", "TRIGGER",
                     "queue nothing: wait for the run of this trigger, queued before", m_follow);
        options.flag("--again", "queue a run although it is not known how an earlier one ended",
                     m_again);
        options.flag("--yes", "do not ask whether to queue it", m_yes);
        options.exclude("--follow", "--again");
        options.exclude("--follow", "--yes");
    }

    [[nodiscard]] bool cleans_up() const override { return true; }

    [[nodiscard]] std::string interrupted_message() const override {
        return m_after_all.empty() ? "interrupted; nothing was queued" : m_after_all;
    }

    ExitCode run(const Config& config) override {
        const auto patience = checked_options(config);
        const auto api = open_api_source(config.source, read_api_key(config.source));
        const Job job = job_to_run(api->jobs(), m_job);
        QueuedRunRow row{.job_id = job.id};
        if (m_follow.empty()) {
            row = queue(config, *api, job);
            if (!m_wait) return ExitCode::ok;
        } else {
            row.trigger_id = parse_guid(m_follow);
            m_after_all = "interrupted; the run goes on";
        }
        return follow(config, *api, job, row, patience);
    }

private:
    /// What `--timeout` says. Throws ConfigError for options that make no sense.
    [[nodiscard]] std::chrono::seconds checked_options(const Config& config) const {
        if (m_follow.empty() && !config.source.allow_execute) {
            throw ConfigError(fmt::format("'execute' would change something at the source, which "
                                          "'source.allow_execute' does not allow; set it to true "
                                          "in '{}'",
                                          utf8(config.file)));
        }
        if (!m_follow.empty() && !parse_guid(m_follow)) {
            throw ConfigError(fmt::format("'--follow' must be the id of a trigger, not '{}'",
                                          printable(m_follow)));
        }
        if (m_timeout.empty()) return std::chrono::minutes{10};
        const auto patience = parse_duration(m_timeout);
        if (!patience || !(m_wait || !m_follow.empty())) {
            throw ConfigError(
                patience
                    ? "'--timeout' has no effect without '--wait' or '--follow'"
                    : fmt::format(
                          "'--timeout' must be a duration such as '10m', at most {}d, not '{}'",
                          most_days, printable(m_timeout)));
        }
        return *patience;
    }

    QueuedRunRow queue(const Config& config, JobsApi& api, const Job& job) {
        const auto warehouse = open_for_queueing(config.warehouse);
        auto earlier = open_runs(*warehouse, job.id);
        if (!earlier.empty() && !m_again) refuse(config, job, earlier.back());
        if (!m_yes) confirm(job);
        QueuedRunRow row{.job_id = job.id, .asked_at = system_now()};
        warehouse->write({.queued_runs = {row}});
        m_after_all = "interrupted; whether the run was queued is not known";
        const QueuedRun run = ask(config, api, job, row, *warehouse);
        row.trigger_id = run.trigger_id;
        const std::string resume = resume_words(config, job, run.trigger_id);
        m_after_all = fmt::format("interrupted; the run goes on: {}", resume);
        if (!m_wait) row.settled_at = system_now();
        for (QueuedRunRow& old : earlier)
            old.settled_at = row.asked_at;
        earlier.push_back(row);
        report(fmt::format("job '{}' is queued{}: {}", job.name,
                           run.message.empty() ? "" : fmt::format(" ('{}')", run.message), resume));
        if (!m_wait) fmt::print("{}\n", to_text(run.trigger_id));
        flush_stdout();
        warehouse->write({.queued_runs = std::move(earlier)});
        return row;
    }

    /// Sends the request. When it was surely not queued, no trace of it stays open.
    QueuedRun ask(const Config& config, JobsApi& api, const Job& job, QueuedRunRow row,
                  Warehouse& warehouse) {
        try {
            return api.execute(job);
        } catch (const AnswerLost& error) {
            report(error.what());
            stop_if_interrupted();
            throw Error(
                fmt::format("whether job '{}' was queued is not known, and it is not asked for "
                            "again by itself: {}",
                            job.name, how_to_find_out(config)));
        } catch (const Error&) {
            m_after_all.clear();
            row.settled_at = row.asked_at;
            warehouse.write({.queued_runs = {row}});
            throw;
        }
    }

    [[noreturn]] static void refuse(const Config& config, const Job& job,
                                    const QueuedRunRow& earlier) {
        const std::string asked_at = to_second(to_text(earlier.asked_at));
        if (!earlier.trigger_id) {
            throw ConfigError(fmt::format(
                "job '{}' was asked to run at {} (UTC), and no answer came: {}; '--again' queues "
                "another run",
                job.name, asked_at, how_to_find_out(config)));
        }
        throw ConfigError(
            fmt::format("job '{}' was queued at {} (UTC), and how that "
                        "run ended is not known yet: {}; '--again' queues another run",
                        job.name, asked_at, resume_words(config, job, *earlier.trigger_id)));
    }

    static void confirm(const Job& job) {
        const Dialogue dialogue;
        if (!dialogue.can_ask())
            throw ConfigError("there is no terminal to ask at; '--yes' queues the run unasked");
        const auto is_answer = [](const std::string& word) {
            return word == "yes" || word == "no";
        };
        const std::string question = fmt::format("Queue a run of '{}' ({})? yes or no",
                                                 printable(job.name), to_text(job.id));
        if (dialogue.ask(question, "no", is_answer) != "yes")
            throw ConfigError("nothing was queued");
    }

    ExitCode follow(const Config& config, JobsApi& api, const Job& job, QueuedRunRow row,
                    std::chrono::seconds patience) {
        const auto started = steady_clock::now();
        const TimeZone zone = config.sync.reporting_timezone;
        const RunEvents events{.picked_up =
                                   [&](const Execution& execution) {
                                       report(fmt::format("picked up after {}, execution {}",
                                                          in_words(steady_clock::now() - started),
                                                          to_text(execution.id)));
                                   },
                               .line =
                                   [&](const Log& log) {
                                       fmt::print("{}  {}\n", zone.local_text(log.logged_at),
                                                  printable_lines(log.message.value_or("")));
                                   },
                               .ended =
                                   [&](const Execution& execution) {
                                       flush_stdout();
                                       report(fmt::format("execution {} ended as {}",
                                                          to_text(execution.id),
                                                          state_words(execution)));
                                   },
                               .wait =
                                   [](std::chrono::milliseconds pause) {
                                       flush_stdout();
                                       wait_for(pause);
                                   },
                               .now = steady_clock::now};
        report(fmt::format("waiting for the run of '{}'", job.name));
        RunEnd end = RunEnd::failed;
        try {
            end = follow_run(api, config.source, job, *row.trigger_id, patience, events);
        } catch (const Interrupted&) {
            throw;
        } catch (const Error& error) {
            throw Error(fmt::format("{}; how the run ends is not known: {}", error.what(),
                                    resume_words(config, job, *row.trigger_id)));
        }
        if (end == RunEnd::not_picked_up) {
            report(fmt::format("nothing has picked up the run for {}; that may still happen: {}",
                               in_words(patience), resume_words(config, job, *row.trigger_id)));
            return ExitCode::partial;
        }
        const bool is_sure = store(config, api, job);
        close_run(config.warehouse, row);
        report(fmt::format("job '{}' {} after {}; {}, {} read", job.name,
                           end == RunEnd::completed ? "completed" : "failed",
                           in_words(steady_clock::now() - started),
                           count_of(api.requests(), "request"),
                           human_bytes(static_cast<double>(api.bytes_read()))));
        return end == RunEnd::completed && is_sure ? ExitCode::ok : ExitCode::failed;
    }

    static std::string state_words(const Execution& execution) {
        if (execution.state != State::unknown) return std::string{to_text(execution.state)};
        return fmt::format("unknown: its state code {} is not in 'source.states'",
                           execution.state_code);
    }

    /// Loads the job's executions, this one among them. That it cannot is no failure of the run.
    /// Returns false when what was stored contradicts the state codes, by which a run completed.
    static bool store(const Config& config, JobsApi& api, const Job& job) {
        try {
            const auto began = steady_clock::now();
            const auto progress = make_quiet_progress();
            const SyncReport report =
                sync(config, api, system_now, *progress, {.jobs = {to_text(job.id)}});
            const std::chrono::duration<double> seconds = steady_clock::now() - began;
            log_summary(summary_of(report, seconds.count()), report, false);
            return !report.states_contradicted;
        } catch (const Interrupted&) {
            throw;
        } catch (const std::exception& error) {
            report(
                fmt::format("the run is not stored yet, a later sync does it: {}", error.what()));
        }
        return true;
    }

    std::string m_job;
    std::string m_timeout;
    std::string m_follow;
    bool m_wait = false;
    bool m_again = false;
    bool m_yes = false;
    std::string m_after_all; ///< what to say when a signal ends it
};

} // namespace

std::unique_ptr<Command> make_execute_command() { return std::make_unique<ExecuteCommand>(); }

} // namespace tidemark
