#pragma once

#include "model/execution.hpp"

#include <cstdint>
#include <span>
#include <string>

namespace tidemark {

/// What the stored executions show of one state code.
struct SeenStateCode {
    std::int64_t code = 0;
    std::int64_t executions = 0;
    std::int64_t without_end = 0; ///< of those, the ones whose end is null: they run
};

/// How the evidence stands towards the configured map.
enum class StateVerdict { proved, contradicted, open };

struct StateJudgement {
    StateVerdict verdict = StateVerdict::open;
    std::string why; ///< one line
};

/// The API's digits are known to be -1 for none and, for running, completed and failed, either 0,
/// 1, 2 or 1, 2, 3. A 0 proves the first, a 3 the second; a code whose executions have no end is
/// that of running, and one that most of them end with is not.
StateJudgement judge_states(std::span<const SeenStateCode> seen, const StateMap& map);

} // namespace tidemark
