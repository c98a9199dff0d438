#pragma once

#include "model/time.hpp"
#include "warehouse/postgres/connection.hpp"
#include "warehouse/warehouse.hpp"

#include <span>
#include <string>
#include <string_view>

namespace tidemark::postgres {
SchemaState schema_state(Connection& connection);

/// Applies a schema file and records it, in one transaction. The first file creates the schema.
void apply(Connection& connection, const SchemaFile& file, Timestamp now);

/// Replaces the views that this program made. A view keeps its grants and dependent objects as long
/// as its columns do not change; an obsolete view with dependent objects stays. Columns of type
/// timestamptz become timestamp in UTC.
void define_views(Connection& connection, std::span<const ViewFile> views,
                  std::string_view checksum);

/// `schema/postgres/grants.sql` with the names of this connection's database and schema.
std::string grants(Connection& connection);

} // namespace tidemark::postgres
