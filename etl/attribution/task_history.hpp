#pragma once

#include "attribution/attribution.hpp"

namespace tidemark {

/// A message that names a task.
struct TaskEvent {
    const Log* log; ///< never null
    TaskMention mention;
};

/// Time order; at the same moment a start stands before an end, then the log's id decides.
bool event_order(const TaskEvent& left, const TaskEvent& right);

/// Adds the next message, in event order, to what is known of its task.
void tell(TaskRun& run, const TaskEvent& event);

/// Nothing more will be heard of an execution that has ended: what was only started is `unknown`.
void close(TaskRun& run);

} // namespace tidemark
