#pragma once

#include "warehouse/postgres/pqxx.ipp"
#include "warehouse/warehouse.hpp"

namespace tidemark::postgres {
/// What kinds of message there are: one statement for each table.
void write_shapes(pqxx::work& tx, const Batch& batch);

/// Writes a batch inside of the caller's transaction: one statement for each small table, COPY for
/// executions.
void write(pqxx::work& tx, const Batch& batch);

} // namespace tidemark::postgres
