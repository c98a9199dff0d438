#pragma once

#include "warehouse/postgres/connection.hpp"

namespace tidemark::postgres {

/// Has the server look again at tables that it knows nothing of, or that have grown by a tenth
/// since it last did.
void settle(Connection& connection);

} // namespace tidemark::postgres
