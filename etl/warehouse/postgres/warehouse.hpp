#pragma once

#include "warehouse/postgres/connection.hpp"
#include "warehouse/warehouse.hpp"

#include <memory>
#include <string>

namespace tidemark::postgres {
/// Analyzes tables without statistics, and those that have grown by a tenth since their last
/// analysis.
void optimize(Connection& connection);

} // namespace tidemark::postgres

namespace tidemark {
/// Opens a warehouse in one schema of a PostgreSQL database. `url` is in libpq's format, with
/// options such as `sslmode`. The lease is an advisory lock on a separate connection. After a lost
/// connection it connects again and repeats the batch, for about half a minute.
std::unique_ptr<Warehouse> open_postgres_warehouse(const std::string& url,
                                                   const std::string& schema, OpenMode mode);

/// The statements that create the loader's role and the readers' role for this database and schema.
/// Throws like `open_postgres_warehouse`.
std::string postgres_grants(const std::string& url, const std::string& schema);

/// See `require_citus` and `lay_out`.
void postgres_require_citus(const std::string& url, const std::string& schema);
std::vector<TablePlace> postgres_lay_out(const std::string& url, const std::string& schema,
                                         Layout layout);

} // namespace tidemark
