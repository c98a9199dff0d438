#pragma once

#include "warehouse/postgres/connection.hpp"

#include <string>

namespace tidemark::postgres {

/// `schema/postgres/grants.sql` for this connection's database and schema.
std::string grants(Connection& connection);

} // namespace tidemark::postgres
