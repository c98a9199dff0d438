#include "model/task_run.hpp"

namespace tidemark {

std::string_view to_text(TaskOutcome outcome) {
    switch (outcome) {
    case TaskOutcome::started: return "started";
    case TaskOutcome::succeeded: return "succeeded";
    case TaskOutcome::failed: return "failed";
    case TaskOutcome::unknown: break;
    }
    return "unknown";
}

TaskOutcome task_outcome_from_text(std::string_view text) {
    for (const auto outcome :
         {TaskOutcome::started, TaskOutcome::succeeded, TaskOutcome::failed}) {
        if (to_text(outcome) == text) return outcome;
    }
    return TaskOutcome::unknown;
}

} // namespace tidemark
