#include "year/truth.hpp"

#include "simulator/hash.hpp"
#include "simulator/script.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace tidemark::test {
namespace {

using simulator::Execution;
using simulator::LineKind;
using simulator::Task;

std::string message_of(const Execution& execution, std::size_t line,
                       const simulator::MessageTexts& texts, std::size_t tasks) {
    const auto [kind, task] = simulator::script_line(execution, line, tasks);
    std::string text = "\"";
    texts.append(text, kind, task, simulator::hash_of(execution.hash + line, 31));
    return nlohmann::json::parse(text + '"').get<std::string>();
}

/// The source of a task, as far as its name or the configuration says it.
std::string source_of(const Task& task) {
    return task.name == "Import Metadata" ? "" : task.source;
}

std::string state_of(const Execution& execution) {
    if (!execution.ended) return "running";
    return execution.fails ? "failed" : "completed";
}

std::string trigger_of(const Execution& execution) {
    return execution.trigger == simulator::Guid{} ? "" : to_text(execution.trigger);
}

simulator::Moment last_moment_of(const Execution& execution) {
    if (execution.ended) return *execution.ended;
    if (execution.lines == 0) return execution.created;
    return moment_of_line(execution, execution.lines - 1);
}

std::vector<std::string> sorted(std::vector<std::string> rows) {
    std::sort(rows.begin(), rows.end());
    return rows;
}

} // namespace

void Truth::list(const simulator::Organisation& now) {
    m_organisation = now.options();
    for (auto& [number, known] : m_jobs)
        known.listed = false;
    for (const simulator::Job& job : now.jobs())
        m_jobs[job.number] = {job};
}

void Truth::read(const simulator::Organisation& now, const simulator::Job& job, bool zone_is_right,
                 bool without_newest) {
    auto returned = now.executions(job.number);
    if (without_newest) returned.pop_back();
    std::map<std::string, bool> is_returned;
    Timestamp newest = Timestamp::min();
    for (const Execution& execution : returned) {
        Known& known = m_known[to_text(execution.id)];
        known.execution = execution;
        known.job = job.number;
        known.zone_is_right = zone_is_right;
        newest = std::max(newest, told(last_moment_of(execution), known, Reading::as_read));
        is_returned[to_text(execution.id)] = true;
    }
    for (auto& [id, known] : m_known) {
        if (known.job == job.number) judge(known, is_returned[id], newest);
    }
}

/// What becomes of one that is open: lost where the body lacks it, or open for too long.
void Truth::judge(Known& known, bool is_returned, Timestamp newest) const {
    if (!known.is_open()) {
        known.abandoned = false;
        return;
    }
    if (!is_returned) {
        known.lost = known.lost || !known.abandoned;
        return;
    }
    const Timestamp created = told(known.execution.created, known, Reading::as_read);
    known.abandoned = known.abandoned || newest - created > m_abandoned_after;
}

Timestamp Truth::told(simulator::Moment moment, const Known& known, Reading reading) const {
    const auto utc = std::chrono::floor<std::chrono::microseconds>(moment);
    if (known.zone_is_right || reading == Reading::right) return utc;
    return Timestamp{m_zone.to_local(utc).time_since_epoch()};
}

std::vector<std::string> Truth::jobs() const {
    std::vector<std::string> rows;
    for (const auto& [number, known] : m_jobs)
        rows.push_back(fmt::format("{} {} {}", to_text(known.job.id), known.job.name,
                                   known.listed ? "listed" : "missing"));
    return sorted(std::move(rows));
}

std::vector<std::string> Truth::executions(Reading reading) const {
    std::vector<std::string> rows;
    for (const auto& [id, known] : m_known) {
        const Execution& execution = known.execution;
        const std::string created = to_text(told(execution.created, known, reading));
        const std::string ended =
            execution.ended ? to_text(told(*execution.ended, known, reading)) : "";
        rows.push_back(fmt::format("{} {} {} {} {} {} {} {}", id,
                                   to_text(m_jobs.at(known.job).job.id), state_of(execution),
                                   created, created.substr(0, 10), ended, execution.lines,
                                   trigger_of(execution)));
    }
    return sorted(std::move(rows));
}

std::vector<std::string> Truth::lines(Reading reading) const {
    std::vector<std::string> rows;
    for (const auto& [id, known] : m_known) {
        const Execution& execution = known.execution;
        const auto tasks = tasks_at(m_organisation, known.job, execution.created);
        const simulator::MessageTexts texts(m_organisation.wording, tasks, false);
        for (std::size_t line = 0; line < execution.lines; ++line) {
            const auto kind = simulator::script_line(execution, line, tasks.size()).kind;
            rows.push_back(
                fmt::format("{} {} {} {} {}", to_text(id_of_line(execution, line)), line + 1,
                            to_text(told(moment_of_line(execution, line), known, reading)),
                            kind == LineKind::failed ? 3 : 0,
                            message_of(execution, line, texts, tasks.size())));
        }
    }
    return sorted(std::move(rows));
}

std::map<std::string, Truth::Heard> Truth::heard(const Known& known, Reading reading,
                                                 bool with_failures) const {
    std::map<std::string, Heard> runs;
    const Execution& execution = known.execution;
    const auto tasks = tasks_at(m_organisation, known.job, execution.created);
    const simulator::MessageTexts texts(m_organisation.wording, tasks, false);
    for (std::size_t line = 0; line < execution.lines; ++line) {
        const auto [kind, number] = simulator::script_line(execution, line, tasks.size());
        const bool is_silent = kind != LineKind::started && kind != LineKind::succeeded &&
                               !(kind == LineKind::failed && with_failures);
        if (is_silent) continue;
        Heard& run = runs[tasks[number].name];
        run.source = source_of(tasks[number]);
        const std::string moment = to_text(told(moment_of_line(execution, line), known, reading));
        if (kind == LineKind::started) {
            run.outcome = "started";
            run.started = moment;
            continue;
        }
        run.ended = moment;
        run.outcome = kind == LineKind::succeeded ? "succeeded" : "failed";
        if (kind == LineKind::succeeded) {
            run.succeeded = moment;
            const auto hash = simulator::hash_of(execution.hash + line, 31);
            run.rows = std::to_string(simulator::below(hash, 5'000'000));
        } else {
            const std::string message = message_of(execution, line, texts, tasks.size());
            const std::string before = "' failed with error: ";
            run.error = message.substr(message.find(before) + before.size());
        }
    }
    return runs;
}

std::vector<std::string> Truth::task_runs(Reading reading, bool with_failures) const {
    std::vector<std::string> rows;
    for (const auto& [id, known] : m_known) {
        for (const auto& [task, run] : heard(known, reading, with_failures))
            rows.push_back(fmt::format("{} '{}' of '{}': {} {} {} {} {} {}", id, task, run.source,
                                       run.outcome, run.started, run.ended, run.succeeded, run.rows,
                                       run.error));
    }
    return sorted(std::move(rows));
}

std::vector<std::string> Truth::watermarks() const {
    std::vector<std::string> rows;
    for (const auto& [number, job] : m_jobs) {
        Timestamp oldest_open = Timestamp::max();
        int open = 0;
        for (const auto& [id, known] : m_known) {
            if (known.job != number || !known.is_open() || known.lost || known.abandoned) continue;
            ++open;
            oldest_open =
                std::min(oldest_open, told(known.execution.created, known, Reading::as_read));
        }
        std::string through;
        for (const auto& [id, known] : m_known) {
            const auto created = told(known.execution.created, known, Reading::as_read);
            if (known.job == number && created < oldest_open)
                through = std::max(through, to_text(created));
        }
        rows.push_back(fmt::format("{} {} {}", to_text(job.job.id), through, open));
    }
    return sorted(std::move(rows));
}

std::vector<std::string> Truth::successes(Reading reading) const {
    std::map<std::string, std::string> newest;
    for (const auto& [id, known] : m_known) {
        for (const auto& [task, run] : heard(known, reading, true)) {
            if (!run.source.empty())
                newest[run.source] = std::max(newest[run.source], run.succeeded);
        }
    }
    std::vector<std::string> rows;
    for (const auto& [source, moment] : newest)
        rows.push_back(source + " " + moment);
    return sorted(std::move(rows));
}

std::vector<std::string> Truth::given_up() const {
    std::vector<std::string> rows;
    for (const auto& [id, known] : m_known) {
        if (known.lost || known.abandoned)
            rows.push_back(fmt::format("{} {} {}", id, known.lost ? "lost" : "",
                                       known.abandoned ? "abandoned" : ""));
    }
    return sorted(std::move(rows));
}

std::map<std::string, Timestamp> Truth::created(Reading reading) const {
    std::map<std::string, Timestamp> moments;
    for (const auto& [id, known] : m_known)
        moments[id] = told(known.execution.created, known, reading);
    return moments;
}

} // namespace tidemark::test
