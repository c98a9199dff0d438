#pragma once

#include "warehouse/postgres/connection.hpp"
#include "warehouse/warehouse.hpp"

#include <vector>

namespace tidemark::postgres {

/// Throws ConfigError unless the database has the functions of Citus, and the server is one of the
/// cluster's nodes, if there are any.
void require_citus(Connection& connection);

/// From now on the transaction uses only one connection to each node of a cluster, which is
/// necessary for changing log lines (a distributed table) and then reference tables or the schema.
/// No effect on one server.
void use_one_connection_per_node(pqxx::work& tx);

/// Runs `schema/postgres/citus.sql`. Returns the new place of each table that it moved.
std::vector<TablePlace> distribute(Connection& connection);

/// Runs `schema/postgres/no_citus.sql`. Returns the same.
std::vector<TablePlace> undistribute(Connection& connection);

} // namespace tidemark::postgres
