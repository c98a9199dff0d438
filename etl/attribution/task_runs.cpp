#include "attribution/task_runs.hpp"

#include "attribution/data_source_resolver.hpp"
#include "attribution/rules.hpp"
#include "text/utf8.hpp"

#include <map>
#include <tuple>
#include <utility>

namespace tidemark {
namespace {

/// A message that names a task.
struct TaskEvent {
    const Log* log; ///< never null
    TaskMention mention;
};

/// A run while its messages are told.
struct RunHistory {
    const Execution* execution; ///< never null
    TaskRun run;
    bool start_logged = false; ///< by a message, rather than by how long it took
    bool end_logged = false;   ///< a success or a failure, of whichever attempt
};

/// Whether a start is that of an end which stands before it.
bool is_late_start(const RunHistory& history, const TaskEvent& start) {
    return !history.start_logged && history.run.ended_at == start.log->logged_at;
}

void clear_if_doubtful(std::optional<Timestamp>& moment, const Execution& execution) {
    if (moment && !execution.is_plausible(*moment)) moment.reset();
}

void record_start(RunHistory& history, Timestamp at) {
    TaskRun& run = history.run;
    history.start_logged = true;
    if (!run.started_at) run.started_at = at;
    run.ended_at.reset();
    run.error_message.reset();
    run.error_code.reset();
    ++run.attempts;
}

void record_success(RunHistory& history, const TaskMention& mention, Timestamp at) {
    TaskRun& run = history.run;
    if (history.execution->is_plausible(at)) run.last_succeeded_at = at;
    if (mention.row_count) run.row_count = mention.row_count;
    run.error_message.reset();
    run.error_code.reset();
}

/// Without a word of the rule's, the error is the message itself.
void record_failure(TaskRun& run, const TaskEvent& event) {
    run.error_message = std::string{event.mention.error.value_or(*event.log->message)};
    run.error_code.reset();
    if (event.mention.code) run.error_code = std::string{*event.mention.code};
}

/// When the message says that the task began; nullopt when it says nothing that can be stored.
std::optional<Timestamp> logged_start(const TaskEvent& event) {
    if (!event.mention.duration) return std::nullopt;
    const Timestamp start = event.log->logged_at - *event.mention.duration;
    return is_storable(start) ? std::optional{start} : std::nullopt;
}

/// An end whose start nobody told is an attempt of its own.
void record_end(RunHistory& history, const TaskEvent& event) {
    TaskRun& run = history.run;
    run.ended_at = event.log->logged_at;
    history.end_logged = true;
    if (!history.start_logged) ++run.attempts;
    if (!run.started_at) run.started_at = logged_start(event);
    if (event.mention.outcome == TaskOutcome::succeeded) {
        record_success(history, event.mention, event.log->logged_at);
    } else {
        record_failure(run, event);
    }
}

/// Adds the next message, in the order of the lines, to what is known of its task. A start at the
/// moment of an end whose start nobody told is the start of that end: not every source keeps the
/// lines of one moment in order.
void add(RunHistory& history, const TaskEvent& event) {
    TaskRun& run = history.run;
    run.heard_at = event.log->logged_at;
    if (!event.mention.outcome) return;
    if (*event.mention.outcome == TaskOutcome::started && is_late_start(history, event)) {
        history.start_logged = true;
        run.started_at = event.log->logged_at;
        return;
    }
    run.outcome = *event.mention.outcome;
    run.rule = std::string{event.mention.rule};
    run.kind = event.mention.kind;
    if (run.outcome == TaskOutcome::started) {
        record_start(history, event.log->logged_at);
    } else {
        record_end(history, event);
    }
}

/// Completes a run with the execution, after all messages. A run without a logged end gets the end
/// of a completed execution, which is no success of the run. Implausible moments are removed.
void finish(RunHistory& history) {
    TaskRun& run = history.run;
    const Execution& execution = *history.execution;
    clear_if_doubtful(run.started_at, execution);
    clear_if_doubtful(run.ended_at, execution);
    clear_if_doubtful(run.heard_at, execution);
    if (!execution.is_open() && !history.end_logged && execution.state == State::completed) {
        run.completed_at = execution.ended_at;
        clear_if_doubtful(run.completed_at, execution);
    }
}

/// The task runs of one execution, while its messages are told in order.
class RunList {
public:
    RunList(DataSourceResolver& resolver, const Job& job, const Execution& execution)
        : m_resolver(resolver), m_job(job), m_execution(execution) {}

    /// The run that a message belongs to: its task's, within the task's data source.
    RunHistory& run_of(const TaskMention& mention) {
        const auto [known, is_new] = m_by_words.try_emplace(
            {mention.task, mention.source.value_or(""), mention.kind}, m_runs.size());
        if (is_new) known->second = place_of(mention);
        return m_runs[known->second];
    }

    /// All runs, when everything has been told of the execution.
    std::vector<TaskRun> close() {
        std::vector<TaskRun> runs;
        for (RunHistory& history : m_runs) {
            finish(history);
            runs.push_back(std::move(history.run));
        }
        return runs;
    }

private:
    /// Two wordings may lead to the same source: the run is one.
    std::size_t place_of(const TaskMention& mention) {
        auto [source, why] = m_resolver.source_of(
            {.name = mention.task, .source = mention.source, .kind = mention.kind, .job = &m_job});
        if (source) source = storable_name(*source);
        const auto [known, is_new] = m_by_source.try_emplace({mention.task, source}, m_runs.size());
        if (is_new) {
            m_runs.push_back({.execution = &m_execution,
                              .run = {.task = storable_name(mention.task),
                                      .source = std::move(source),
                                      .attributed_by = std::move(why),
                                      .rule = std::string{mention.rule},
                                      .kind = mention.kind}});
        }
        return known->second;
    }

    DataSourceResolver& m_resolver;
    const Job& m_job;
    const Execution& m_execution;
    std::vector<RunHistory> m_runs;
    std::map<std::tuple<std::string_view, std::string_view, TaskKind>, std::size_t> m_by_words;
    std::map<std::pair<std::string_view, std::optional<std::string>>, std::size_t> m_by_source;
};

} // namespace

struct Attribution::Impl {
    Rules rules;
    DataSourceResolver resolver;
};

Attribution::Attribution(const AttributionConfig& config)
    : m_impl(new Impl{Rules{config.rules}, DataSourceResolver{config}}) {}

Attribution::~Attribution() = default;
Attribution::Attribution(Attribution&&) noexcept = default;

std::optional<TaskMention> Attribution::mention(std::string_view message,
                                                const LineContext& context) const {
    const JobRules rules{m_impl->rules, context.job};
    const auto& mentions = rules.mentions(message, context.severity);
    if (mentions.empty()) return std::nullopt;
    return mentions.front();
}

std::vector<TaskMention> Attribution::mentions(std::string_view message,
                                               const LineContext& context) const {
    return JobRules{m_impl->rules, context.job}.mentions(message, context.severity);
}

SourceOfTask Attribution::source_of(const TaskOfMessage& task) const {
    return m_impl->resolver.source_of(task);
}

std::vector<TaskRun> Attribution::task_runs(const Execution& execution, const Job& job) const {
    const JobRules rules{m_impl->rules, &job};
    RunList list{m_impl->resolver, job, execution};
    for (const Log& log : execution.logs) {
        if (!log.message) continue;
        for (const TaskMention& said : rules.mentions(*log.message, log.severity))
            add(list.run_of(said), {&log, said});
    }
    return list.close();
}

} // namespace tidemark
