#pragma once

#include "config/config.hpp"
#include "model/execution.hpp"
#include "warehouse/warehouse.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace tidemark {
/// `-1 0 1 2`: the codes of none, running, completed and failed.
std::string codes_of(const StateMap& states);

/// What the stored executions show about a state code.
struct SeenStateCode {
    std::int64_t code = 0;
    bool with_end = false;    ///< an execution with this code has ended
    bool without_end = false; ///< an execution with this code has no end
};

/// `running = 1, completed = 2, failed = 3`.
std::string words_of(const StateMap& map);

/// What the evidence shows about the configured map.
enum class StateVerdict { proved, contradicted, open };

struct StateAssessment {
    StateVerdict verdict = StateVerdict::open;
    std::string why; ///< one line
};

/// Compares the seen codes with a map. The API is known to use -1 for none and either 0, 1, 2 or 1,
/// 2, 3 for running, completed and failed. A 0 proves the first map, a 3 the second. Otherwise a
/// map is contradicted when the evidence is impossible with it and possible with a known map:
/// executions with the code for running have ended, or executions with the code for completed have
/// not. A failed execution without an end is no evidence, because it may have crashed.
StateAssessment assess_states(std::span<const SeenStateCode> seen, const StateMap& map);

/// The known map that the evidence proves; nullopt when it proves none.
std::optional<StateMap> proven_states(std::span<const SeenStateCode> seen);

/// Compares the stored executions of the organisation with `[source.states]`. The cost does not
/// grow with the history.
StateAssessment assess_stored_states(Warehouse& warehouse, const SourceConfig& source);

} // namespace tidemark
