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

} // namespace tidemark
