#pragma once

#include "model/time.hpp"
#include "warehouse/warehouse.hpp"

#include <string>
#include <vector>

namespace tidemark {

/// What stands between a warehouse and this program's schema.
struct PendingMigration {
    std::vector<SchemaFile> files;
    bool views = false; ///< the view definitions differ
    [[nodiscard]] bool none() const { return files.empty() && !views; }
};

/// Throws Error when the database is foreign, or newer than this program.
PendingMigration pending_migration(Warehouse& warehouse);

/// Applies what is pending, each file with its record in one transaction; returns what was applied.
/// Keeps the calendar too. Needs the lease. Cut off half-way, the next call goes on.
PendingMigration migrate(Warehouse& warehouse, Timestamp now);

/// Defines all views and comments anew. Needs the lease and the current schema.
void define_views(Warehouse& warehouse);

/// Throws Error, naming `tidemark migrate`, when anything is pending.
void require_current_schema(Warehouse& warehouse);

} // namespace tidemark
