#pragma once

#include "warehouse/postgres/pqxx.ipp"
#include "warehouse/warehouse.hpp"

#include <string>

namespace tidemark::postgres {

/// As `Warehouse::prune`. What is pruned already is passed over, so it can be repeated.
void prune(pqxx::work& tx, const Pruning& pruning);

/// The rows of a batch that pruning made elsewhere.
void write_pruned(pqxx::work& tx, const Batch& batch);

/// Before which moment executions of a job were pruned, by their state.
std::map<State, Timestamp> pruned_before(pqxx::work& tx, const std::string& job_key);

} // namespace tidemark::postgres
