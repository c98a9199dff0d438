#pragma once

#include "model/time.hpp"
#include "warehouse/postgres/connection.hpp"
#include "warehouse/warehouse.hpp"

#include <span>
#include <string>
#include <string_view>

namespace tidemark::postgres {
SchemaState schema_state(Connection& connection);

/// Applies a schema file and records it, in one transaction. The first one creates the schema.
void apply(Connection& connection, const SchemaFile& file, Timestamp now);

/// Puts these views in the place of those that this program made. A view keeps its grants, and what
/// others built on it, as long as its columns stay; one that goes and is built upon stays behind.
/// Columns of type timestamptz are handed out as timestamp in UTC.
void define_views(Connection& connection, std::span<const ViewFile> views,
                  std::string_view checksum);

/// `schema/postgres/grants.sql` for this connection's database and schema.
std::string grants(Connection& connection);

} // namespace tidemark::postgres
