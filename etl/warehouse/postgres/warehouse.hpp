#pragma once

#include "warehouse/postgres/connection.hpp"
#include "warehouse/warehouse.hpp"

#include <memory>
#include <string>

namespace tidemark::postgres {
/// Has the server look again at tables that it knows nothing of, or that have grown by a tenth
/// since it last did.
void optimize(Connection& connection);

} // namespace tidemark::postgres

namespace tidemark {
/// A warehouse in one schema of a PostgreSQL database. `url` is what libpq takes, its options such
/// as `sslmode` included. Its lease is an advisory lock on a connection of its own. A connection
/// that is lost is made anew and the batch repeated, for about half a minute.
std::unique_ptr<Warehouse> open_postgres_warehouse(const std::string& url,
                                                   const std::string& schema, OpenMode mode);

/// The statements that create the loader's role and the readers' role for this database and schema.
/// Throws as opening does.
std::string postgres_grants(const std::string& url, const std::string& schema);

/// As `require_citus` and `lay_out`.
void postgres_require_citus(const std::string& url, const std::string& schema);
std::vector<TablePlace> postgres_lay_out(const std::string& url, const std::string& schema,
                                         Layout layout);

} // namespace tidemark
