#pragma once

#include "model/time.hpp"
#include "warehouse/warehouse.hpp"

#include <string>
#include <vector>

namespace tidemark {

/// What is missing for the current schema.
struct PendingMigration {
    std::vector<SchemaFile> files;
    bool views = false; ///< the views must be defined again
    [[nodiscard]] bool none() const { return files.empty() && !views; }
};

/// Throws Error when the database is not a warehouse, or is newer than this program.
PendingMigration pending_migration(Warehouse& warehouse);

/// Applies the pending files, each with its record in one transaction, and updates the views and
/// the calendar. Returns what was applied. Needs the lease. After an interruption the next call
/// continues.
PendingMigration migrate(Warehouse& warehouse, Timestamp now);

/// Defines all views and comments again. Needs the lease and the current schema.
void define_views(Warehouse& warehouse);

/// Throws Error with the advice `tidemark migrate` when a migration is pending.
void require_current_schema(Warehouse& warehouse);

} // namespace tidemark
