#pragma once

#include "config/config.hpp"
#include "sync/state_evidence.hpp"
#include "warehouse/warehouse.hpp"

namespace tidemark {

/// How the stored executions of the organisation stand towards its `[source.states]`. The cost does
/// not grow with the history.
StateJudgement judge_stored_states(Warehouse& warehouse, const SourceConfig& source);

} // namespace tidemark
