#pragma once

#include "warehouse/sqlite/connection.hpp"

namespace tidemark::sqlite {

/// Refreshes the statistics and empties the write-ahead log, as far as nobody is in the way.
void settle(Connection& connection);

} // namespace tidemark::sqlite
