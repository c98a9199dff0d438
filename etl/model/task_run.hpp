#pragma once

#include "model/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

/// The outcome that a message states for its task, or the last outcome that was logged for a task
/// in an execution.
enum class TaskOutcome { started, succeeded, failed, unknown };

/// `started`, `succeeded`, `failed`, `unknown`: as stored in `task_run.outcome`.
std::string_view to_text(TaskOutcome outcome);

/// The inverse; anything else is `TaskOutcome::unknown`.
TaskOutcome task_outcome_from_text(std::string_view text);

/// What kind of task a message names. All but an execution package load a data source.
enum class TaskKind {
    transfer,
    synchronize,
    import_metadata,
    storage_management,
    execution_package
};

/// `transfer`, `synchronize`, `import metadata`, `storage management`, `execution package`: as
/// stored in `task_run.kind`.
std::string_view to_text(TaskKind kind);

/// The inverse; nullopt for anything else.
std::optional<TaskKind> task_kind_from_text(std::string_view text);

/// The texts of all kinds.
std::vector<std::string> task_kinds();

/// One task within one execution, put together from the messages that name it.
struct TaskRun {
    std::string task;
    std::optional<std::string> source; ///< the data source; null when nothing names one
    std::string attributed_by;         ///< how the data source was found
    std::optional<Timestamp> started_at;
    std::optional<Timestamp> ended_at;
    TaskOutcome outcome = TaskOutcome::unknown;
    std::optional<Timestamp> last_succeeded_at;
    std::int64_t attempts = 0;
    std::optional<std::int64_t> row_count;
    std::optional<std::string> error_message;
    std::optional<std::string> error_code; ///< of the last failure, as its message words it

    /// The rule that gave the outcome, else the first rule that named the task; null when an older
    /// version of Tidemark stored the run.
    std::optional<std::string> rule;
    TaskKind kind = TaskKind::transfer; ///< by that rule

    /// The end of the execution, when it completed and no message logged an end of this run.
    std::optional<Timestamp> completed_at;

    /// The last line that named the task.
    std::optional<Timestamp> heard_at;

    bool operator==(const TaskRun&) const = default;
};

} // namespace tidemark
