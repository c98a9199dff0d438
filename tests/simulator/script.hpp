#pragma once

#include "simulator/message_texts.hpp"
#include "simulator/organisation.hpp"

namespace simulator {

/// What a line of an execution's log says, and of which of the job's tasks.
struct ScriptLine {
    LineKind kind = LineKind::detail;
    std::size_t task = 0;
};

/// Line `line` of an execution of a job with so many tasks: its tasks one after the other, each
/// begun and ended, with details in between. Of one that fails, a task fails. Where there are too
/// few lines for all tasks, each execution runs others.
ScriptLine script_line(const Execution& execution, std::size_t line, std::size_t tasks);

} // namespace simulator
