#include "attribution/task_history.hpp"

#include <tuple>

namespace tidemark {
namespace {

bool is_end(const TaskMention& mention) {
    return mention.outcome && *mention.outcome != TaskOutcome::started;
}

void tell_start(TaskRun& run, Timestamp at) {
    if (!run.started_at) run.started_at = at;
    run.ended_at.reset();
    run.error_message.reset();
    ++run.attempts;
}

void tell_success(TaskRun& run, const TaskMention& mention, Timestamp at) {
    run.last_succeeded_at = at;
    if (mention.row_count) run.row_count = mention.row_count;
    run.error_message.reset();
}

/// Without a word of the rule's, the error is the message itself.
void tell_failure(TaskRun& run, const TaskEvent& event) {
    run.error_message = std::string{event.mention.error.value_or(*event.log->message)};
}

void tell_end(TaskRun& run, const TaskEvent& event) {
    run.ended_at = event.log->logged_at;
    if (!run.started_at) ++run.attempts;
    if (event.mention.outcome == TaskOutcome::succeeded) {
        tell_success(run, event.mention, event.log->logged_at);
    } else {
        tell_failure(run, event);
    }
}

} // namespace

bool event_order(const TaskEvent& left, const TaskEvent& right) {
    const auto place = [](const TaskEvent& event) {
        return std::tuple{event.log->logged_at, is_end(event.mention), event.log->id};
    };
    return place(left) < place(right);
}

void tell(TaskRun& run, const TaskEvent& event) {
    if (!event.mention.outcome) return;
    run.outcome = *event.mention.outcome;
    if (run.outcome == TaskOutcome::started) {
        tell_start(run, event.log->logged_at);
    } else {
        tell_end(run, event);
    }
}

void close(TaskRun& run) {
    if (run.outcome == TaskOutcome::started) run.outcome = TaskOutcome::unknown;
}

} // namespace tidemark
