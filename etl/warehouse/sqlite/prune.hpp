#pragma once

#include "warehouse/sqlite/connection.hpp"
#include "warehouse/warehouse.hpp"

namespace tidemark::sqlite {

/// As `Warehouse::prune`.
void prune(Connection& connection, const Pruning& pruning);

/// The rows of a batch that pruning made elsewhere, inside of the caller's transaction.
void write_pruned(Connection& connection, const Batch& batch);

/// Before which moment executions of a job were pruned, by their state.
std::map<State, Timestamp> pruned_before(Connection& connection, Key job_key);

} // namespace tidemark::sqlite
