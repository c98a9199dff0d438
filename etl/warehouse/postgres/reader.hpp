#pragma once

#include "warehouse/postgres/connection.hpp"
#include "warehouse/warehouse.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace tidemark::postgres {

// See the functions of `Warehouse` with the same names.

Dimensions dimensions(Connection& connection, std::string_view organisation);
std::vector<JobHistory> histories(Connection& connection, std::span<const Key> job_keys);
std::vector<KnownExecution> find(Connection& connection, std::span<const Guid> execution_ids);
std::vector<std::optional<Timestamp>> newest_created(Connection& connection,
                                                     std::span<const CreationLimit> limits);
std::vector<Guid> held(Connection& connection, Key job_key, std::span<const Guid> execution_ids);
std::vector<Guid> created_between(Connection& connection, Key job_key, Timestamp from,
                                  Timestamp until);
std::optional<Date> first_day(Connection& connection, Date from);
std::vector<Log> logs(Connection& connection, Key execution_key);
void each_execution(Connection& connection, Key organisation_key, const StoredExecutionSink& sink);
std::vector<TaskRunRow> task_runs(Connection& connection, Key execution_key);

/// Reads in parts through a cursor. The connection is busy until the last row.
void read(Connection& connection, std::string_view name, const RowSink& sink);

std::vector<ColumnType> columns(Connection& connection, std::string_view name);

/// The address of libpq's connection; a server on a local socket is `localhost`.
WarehouseAddress address(pqxx::work& tx, const std::string& schema);

/// Passes the rows of a SELECT to the sink, in the same way.
void select(Connection& connection, std::string_view sql, const RowSink& sink);

} // namespace tidemark::postgres
