#pragma once

#include "warehouse/postgres/pqxx.ipp"
#include "warehouse/warehouse.hpp"

namespace tidemark::postgres {

/// Writes a batch within the caller's transaction: one statement for each small table, COPY for
/// executions.
void write(pqxx::work& tx, const Batch& batch);

} // namespace tidemark::postgres
