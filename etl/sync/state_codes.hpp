#pragma once

#include "config/config.hpp"
#include "model/execution.hpp"
#include "warehouse/warehouse.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace tidemark {
/// What the stored executions show of one state code.
struct SeenStateCode {
    std::int64_t code = 0;
    bool with_end = false;    ///< whether an execution of it has ended
    bool without_end = false; ///< whether one has no end: it runs
};

/// How the evidence stands towards the configured map.
enum class StateVerdict { proved, contradicted, open };

struct StateAssessment {
    StateVerdict verdict = StateVerdict::open;
    std::string why; ///< one line
};

/// The API's digits are known to be -1 for none and, for running, completed and failed, either 0,
/// 1, 2 or 1, 2, 3. A 0 proves the first, a 3 the second. Otherwise a map is contradicted when what
/// was seen cannot be by it, and can be by a known one: a code for running whose executions end, or
/// one for completed whose executions do not. An execution that failed without an end speaks for no
/// map: it crashed.
StateAssessment assess_states(std::span<const SeenStateCode> seen, const StateMap& map);

/// Which of the two known maps what was seen proves; nullopt when it proves neither.
std::optional<StateMap> proven_states(std::span<const SeenStateCode> seen);

/// How the stored executions of the organisation stand towards its `[source.states]`. The cost does
/// not grow with the history.
StateAssessment assess_stored_states(Warehouse& warehouse, const SourceConfig& source);

} // namespace tidemark
