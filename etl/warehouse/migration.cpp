#include "warehouse/migration.hpp"

#include "error.hpp"
#include "text/utf8.hpp"
#include "warehouse/calendar.hpp"
#include "warehouse/dictionary.hpp"
#include "warehouse/sql_files.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tidemark {
namespace {

/// Of the names and texts of views, in their order, and of what the data dictionary says of them.
std::string checksum_of(const std::vector<ViewFile>& views) {
    std::uint64_t hash = 0;
    for (const ViewFile& view : views)
        hash = hash_of(view.sql, hash_of(view.name, hash));
    for (const SqlFile& file : Dictionary::files())
        hash = hash_of(file.text, hash);
    return fmt::format("{:016x}", hash);
}

void require_ours(const Warehouse& warehouse, const SchemaState& state, int newest) {
    if (state.kind == SchemaKind::foreign) {
        throw Error(fmt::format("'{}' holds tables that are not Tidemark's; name another database"
                                " in 'warehouse.url'",
                                warehouse.name()));
    }
    if (state.version > newest) {
        throw Error(fmt::format("'{}' has schema {}, this program knows {}; use a newer program",
                                warehouse.name(), state.version, newest));
    }
}

} // namespace

PendingMigration pending_migration(Warehouse& warehouse) {
    const SchemaState state = warehouse.schema();
    PendingMigration pending{.files = schema_files_of(warehouse.dialect()), .views = false};
    require_ours(warehouse, state, pending.files.empty() ? 0 : pending.files.back().version);
    std::erase_if(pending.files,
                  [&](const SchemaFile& file) { return file.version <= state.version; });
    const auto views = view_files_of(warehouse.dialect());
    pending.views = state.views_checksum != checksum_of(views) ||
                    std::ranges::any_of(views, [&](const ViewFile& view) {
                        return std::ranges::find(state.views, view.name) == state.views.end();
                    });
    return pending;
}

PendingMigration migrate(Warehouse& warehouse, Timestamp now) {
    PendingMigration pending = pending_migration(warehouse);
    // a view that uses what a schema file drops would be in its way
    if (!pending.files.empty() && !warehouse.schema().views_checksum.empty())
        warehouse.define_views({}, "");
    for (const SchemaFile& file : pending.files)
        warehouse.apply(file, now);
    pending.views = pending.views || !pending.files.empty();
    if (pending.views) define_views(warehouse);
    keep_calendar(warehouse, now);
    return pending;
}

void define_views(Warehouse& warehouse) {
    const auto views = view_files_of(warehouse.dialect());
    warehouse.define_views(views, checksum_of(views));
}

void require_current_schema(Warehouse& warehouse) {
    if (pending_migration(warehouse).none()) return;
    if (warehouse.schema().kind == SchemaKind::empty) {
        throw Error(fmt::format("'{}' is empty; 'tidemark sync' makes its tables, or 'tidemark"
                                " migrate' as a role that may",
                                warehouse.name()));
    }
    throw Error(fmt::format("the tables of '{}' are not those of this program; run 'tidemark"
                            " migrate'",
                            warehouse.name()));
}

} // namespace tidemark
