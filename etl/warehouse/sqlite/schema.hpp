#pragma once

#include "model/time.hpp"
#include "warehouse/sqlite/connection.hpp"
#include "warehouse/warehouse.hpp"

#include <span>
#include <string_view>

namespace tidemark::sqlite {

SchemaState schema_state(Connection& connection);

/// Makes readers and a writer able to work at the same time. The setting is stored in the file.
void use_write_ahead_log(Connection& connection);

/// Applies a schema file and records it, in one transaction.
void apply(Connection& connection, const SchemaFile& file, Timestamp now);

/// Replaces the views that this program made; views that somebody else made stay.
void define_views(Connection& connection, std::span<const ViewFile> views,
                  std::string_view checksum);

} // namespace tidemark::sqlite
