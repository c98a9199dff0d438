#pragma once

#include "warehouse/postgres/pqxx.ipp"
#include "warehouse/warehouse.hpp"

namespace tidemark::postgres {

/// What kinds of message there are: one statement for each table.
void write_shapes(pqxx::work& tx, const Batch& batch);

} // namespace tidemark::postgres
