#pragma once

#include "warehouse/postgres/pqxx.ipp"
#include "warehouse/warehouse.hpp"

#include <string>

namespace tidemark::postgres {

/// See `Warehouse::prune`. Executions that were pruned already are skipped, so it can be repeated.
void prune(pqxx::work& tx, const Pruning& pruning);

/// Writes the rows of a batch that record pruning.
void write_pruned(pqxx::work& tx, const Batch& batch);

} // namespace tidemark::postgres
