#include "attribution/task_history.hpp"

namespace tidemark {
namespace {

/// Whether a start is that of an end which stands before it.
bool is_told_late(const RunHistory& history, const TaskEvent& start) {
    return !history.start_told && history.run.ended_at == start.log->logged_at;
}

void forget_doubtful(std::optional<Timestamp>& moment, const Execution& execution) {
    if (moment && !execution.believes(*moment)) moment.reset();
}

void tell_start(RunHistory& history, Timestamp at) {
    TaskRun& run = history.run;
    history.start_told = true;
    if (!run.started_at) run.started_at = at;
    run.ended_at.reset();
    run.error_message.reset();
    ++run.attempts;
}

void tell_success(RunHistory& history, const TaskMention& mention, Timestamp at) {
    TaskRun& run = history.run;
    if (history.execution->believes(at)) run.last_succeeded_at = at;
    if (mention.row_count) run.row_count = mention.row_count;
    run.error_message.reset();
}

/// Without a word of the rule's, the error is the message itself.
void tell_failure(TaskRun& run, const TaskEvent& event) {
    run.error_message = std::string{event.mention.error.value_or(*event.log->message)};
}

/// When the message says that the task began; nullopt when it says nothing that can be stored.
std::optional<Timestamp> told_start(const TaskEvent& event) {
    if (!event.mention.duration) return std::nullopt;
    const Timestamp start = event.log->logged_at - *event.mention.duration;
    return is_storable(start) ? std::optional{start} : std::nullopt;
}

/// An end whose start nobody told is an attempt of its own.
void tell_end(RunHistory& history, const TaskEvent& event) {
    TaskRun& run = history.run;
    run.ended_at = event.log->logged_at;
    history.end_told = true;
    if (!history.start_told) ++run.attempts;
    if (!run.started_at) run.started_at = told_start(event);
    if (event.mention.outcome == TaskOutcome::succeeded) {
        tell_success(history, event.mention, event.log->logged_at);
    } else {
        tell_failure(run, event);
    }
}

} // namespace

void tell(RunHistory& history, const TaskEvent& event) {
    TaskRun& run = history.run;
    run.heard_at = event.log->logged_at;
    if (!event.mention.outcome) return;
    if (*event.mention.outcome == TaskOutcome::started && is_told_late(history, event)) {
        history.start_told = true;
        run.started_at = event.log->logged_at;
        return;
    }
    run.outcome = *event.mention.outcome;
    run.rule = std::string{event.mention.rule};
    run.kind = event.mention.kind;
    if (run.outcome == TaskOutcome::started) {
        tell_start(history, event.log->logged_at);
    } else {
        tell_end(history, event);
    }
}

void close(RunHistory& history) {
    TaskRun& run = history.run;
    const Execution& execution = *history.execution;
    forget_doubtful(run.started_at, execution);
    forget_doubtful(run.ended_at, execution);
    forget_doubtful(run.heard_at, execution);
    if (execution.is_open()) return;
    if (run.outcome == TaskOutcome::started) run.outcome = TaskOutcome::unknown;
    if (!history.end_told && execution.state == State::completed) {
        run.completed_at = execution.ended_at;
        forget_doubtful(run.completed_at, execution);
    }
}

} // namespace tidemark
