#pragma once

#include "learning/message_kinds.hpp"

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace tidemark {

/// A log line about a task.
struct TaskLine {
    std::uint64_t execution = 0;
    std::size_t kind = 0; ///< in the list of kinds
    std::string_view task;
};

/// What other lines of the same execution and task show about the lines of a kind. An attempt is
/// one run of the task within the execution.
struct KindEvidence {
    std::size_t lines = 0;
    std::size_t begun = 0;     ///< lines after a start
    std::size_t repeated = 0;  ///< lines after another line of this kind in the same attempt
    std::size_t failed = 0;    ///< lines after a failure in the same attempt
    std::size_t overruled = 0; ///< lines before a failure in the same attempt
    std::set<std::string> names;
};

/// Counts the evidence for each kind. `lines` must be ordered by execution, and within one in the
/// order of its log. A kind of success that other lines contradict loses its outcome and gets an
/// `objection`: in one attempt it comes after a failure, before a failure, or several times.
std::vector<KindEvidence> count_evidence(std::vector<MessageKind>& kinds,
                                         const std::vector<TaskLine>& lines);

} // namespace tidemark
