#pragma once

#include "warehouse/postgres/connection.hpp"
#include "warehouse/warehouse.hpp"

#include <vector>

namespace tidemark::postgres {

/// Throws ConfigError unless the connection's database has the functions of Citus, and its server
/// is among the nodes of the cluster, if there are any.
void require_citus(Connection& connection);

/// From now on the transaction uses one connection to each node of a cluster: it changes log lines,
/// which are spread, and then tables that are on every node, or the schema. Nothing on one server.
void use_one_connection_per_node(pqxx::work& tx);

/// Runs `schema/postgres/citus.sql`: the place of each table that it moved.
std::vector<TablePlace> distribute(Connection& connection);

/// Runs `schema/postgres/no_citus.sql`: the same.
std::vector<TablePlace> undistribute(Connection& connection);

} // namespace tidemark::postgres
