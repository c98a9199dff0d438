#pragma once

#include "attribution/attribution.hpp"

namespace tidemark {

/// A message that names a task.
struct TaskEvent {
    const Log* log; ///< never null
    TaskMention mention;
};

/// A run while its messages are told.
struct RunHistory {
    const Execution* execution; ///< never null
    TaskRun run;
    bool start_told = false; ///< by a message, rather than by how long it took
    bool end_told = false;   ///< a success or a failure, of whichever attempt
};

/// Adds the next message, in the order of the lines, to what is known of its task. A start at the
/// moment of an end whose start nobody told is the start of that end: not every source keeps the
/// lines of one moment in order.
void tell(RunHistory& history, const TaskEvent& event);

/// What the execution says of a run, after all of its messages. Nothing more will be heard of one
/// that has ended: what was only started is `unknown`. A completed one gives its end to a run of
/// which no message told one. A moment that is not believed is none.
void close(RunHistory& history);

} // namespace tidemark
