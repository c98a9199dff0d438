#pragma once

#include "model/timestamp.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tidemark {

/// What a message says of its task, or the last thing that was heard of a task in an execution.
enum class TaskOutcome { started, succeeded, failed, unknown };

/// `started`, `succeeded`, `failed`, `unknown`: as stored in `task_run.outcome`.
std::string_view to_text(TaskOutcome outcome);

/// The inverse; anything else is `TaskOutcome::unknown`.
TaskOutcome task_outcome_from_text(std::string_view text);

/// One task within one execution, put together from the messages that name it.
struct TaskRun {
    std::string task;
    std::optional<std::string> source; ///< the data source; null when nothing names one
    std::string attributed_by;         ///< why the task belongs to its source
    std::optional<Timestamp> started_at;
    std::optional<Timestamp> ended_at;
    TaskOutcome outcome = TaskOutcome::unknown;
    std::optional<Timestamp> last_succeeded_at;
    std::int64_t attempts = 0;
    std::optional<std::int64_t> row_count;
    std::optional<std::string> error_message;

    bool operator==(const TaskRun&) const = default;
};

} // namespace tidemark
