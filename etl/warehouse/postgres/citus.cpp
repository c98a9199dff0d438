#include "warehouse/postgres/citus.hpp"

#include "error.hpp"
#include "warehouse/postgres/values.hpp"
#include "warehouse/sql_files.hpp"

#include <fmt/format.h>

#include <map>
#include <string>

namespace tidemark::postgres {
namespace {

/// Of every table of the schema. Citus calls a table that is on every node one without a partition
/// method whose replicas are written in two phases.
constexpr std::string_view places =
    "SELECT c.relname, CASE WHEN p.logicalrelid IS NULL OR p.partmethod = 'n' AND p.repmodel <> 't'"
    " THEN 'on one server' WHEN p.partmethod = 'n' THEN 'on every node'"
    " ELSE 'spread over the nodes' END"
    " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    " LEFT JOIN pg_dist_partition p ON p.logicalrelid = c.oid"
    " WHERE n.nspname = $1 AND c.relkind IN ('r', 'p')";

std::map<std::string, std::string> places_in(pqxx::work& tx, const std::string& schema) {
    std::map<std::string, std::string> found;
    for (const auto& row : exec(tx, places, schema))
        found.emplace(text_in(row[0]), text_in(row[1]));
    return found;
}

std::vector<TablePlace> move(Connection& connection, std::string_view file) {
    require_citus(connection);
    return connection.transact_once([&](pqxx::work& tx) {
        const auto before = places_in(tx, connection.schema());
        exec(tx, sql_text(file));
        std::vector<TablePlace> moved;
        for (const auto& [table, place] : places_in(tx, connection.schema())) {
            const auto was = before.find(table);
            if (was == before.end() || was->second != place) moved.push_back({table, place});
        }
        return moved;
    });
}

} // namespace

void require_citus(Connection& connection) {
    const auto is_true = [&](std::string_view question) {
        return connection.transact(
            [&](pqxx::work& tx, int) { return flag_in(exec(tx, question)[0][0]); });
    };
    if (!is_true("SELECT to_regproc('create_distributed_table') IS NOT NULL")) {
        throw ConfigError(fmt::format("'{}' has no extension 'citus'; name the coordinator of a"
                                      " Citus cluster in 'warehouse.url', and have an administrator"
                                      " run CREATE EXTENSION citus in the database on every node",
                                      connection.name()));
    }
    // without a copy of what is on every node it cannot join that to its own tables; it becomes a
    // node by itself where there is no other
    if (is_true("SELECT to_regclass('pg_dist_node') IS NULL") ||
        is_true("SELECT count(*) = 0 OR bool_or(groupid = 0) FROM pg_dist_node"))
        return;
    throw ConfigError(fmt::format("'{}' is no node of its own cluster; have an administrator run"
                                  " citus_set_coordinator_host('HOST', PORT) there",
                                  connection.name()));
}

// a server without Citus takes the setting for somebody else's
void use_one_connection_per_node(pqxx::work& tx) {
    exec(tx, "SET LOCAL citus.multi_shard_modify_mode = 'sequential'");
}

std::vector<TablePlace> distribute(Connection& connection) {
    return move(connection, "schema/postgres/citus.sql");
}

std::vector<TablePlace> undistribute(Connection& connection) {
    return move(connection, "schema/postgres/no_citus.sql");
}

} // namespace tidemark::postgres
