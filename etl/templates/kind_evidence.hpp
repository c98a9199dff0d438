#pragma once

#include "templates/message_kinds.hpp"

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace tidemark {

/// A line that tells of a task.
struct TaskLine {
    std::uint64_t execution = 0;
    std::size_t kind = 0; ///< in the list of kinds
    std::string_view task;
};

/// What the lines of a kind stand beside, in the same execution and of the same task.
struct KindEvidence {
    std::size_t lines = 0;
    std::size_t begun = 0;     ///< a start stands before, in the same execution
    std::size_t repeated = 0;  ///< the same was said before, of the same attempt
    std::size_t failed = 0;    ///< a failure was said before, of the same attempt
    std::size_t overruled = 0; ///< a failure is said behind, of the same attempt
    std::set<std::string> names;
};

/// Weighs the kinds against each other. `lines` are those of one execution after the other, each in
/// the order of its log. A success that other lines contradict loses its outcome, and says why in
/// its `check_outcome`: it stands behind a failure of the same attempt, before one, or several
/// times in one.
std::vector<KindEvidence> count_evidence(std::vector<MessageKind>& kinds,
                                         const std::vector<TaskLine>& lines);

} // namespace tidemark
