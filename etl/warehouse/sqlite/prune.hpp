#pragma once

#include "warehouse/sqlite/connection.hpp"
#include "warehouse/warehouse.hpp"

namespace tidemark::sqlite {

/// See `Warehouse::prune`.
void prune(Connection& connection, const Pruning& pruning);

/// Writes the rows of a batch that record pruning, within the caller's transaction.
void write_pruned(Connection& connection, const Batch& batch);

} // namespace tidemark::sqlite
