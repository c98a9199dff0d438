#include "warehouse/sqlite/schema.hpp"

#include "warehouse/sqlite/statement.hpp"

#include <fmt/format.h>

namespace tidemark::sqlite {
namespace {

constexpr std::int64_t our_application_id = 0x54494445; // 'TIDE', set by the first schema file

std::int64_t number(Connection& connection, std::string_view sql) {
    std::int64_t result = 0;
    Statement(connection, sql).each([&](const Row& row) { result = row.integer(0); });
    return result;
}

SchemaKind kind_of(Connection& connection) {
    const auto tables = number(connection, "SELECT count(*) FROM sqlite_schema");
    const auto application_id = number(connection, "PRAGMA application_id");
    if (application_id == our_application_id) return SchemaKind::ours;
    return tables == 0 && application_id == 0 ? SchemaKind::empty : SchemaKind::foreign;
}

std::string views_checksum(Connection& connection) {
    std::string checksum;
    Statement(connection, "SELECT value FROM setting WHERE name = 'views_checksum'")
        .each([&](const Row& row) { checksum = row.string(0); });
    return checksum;
}

/// Which views are this program's is remembered as one setting each, `view:NAME`.
std::vector<std::string> our_views(Connection& connection) {
    std::vector<std::string> names;
    Statement(connection, "SELECT substr(name, 6) FROM setting WHERE name LIKE 'view:%'")
        .each([&](const Row& row) { names.push_back(row.string(0)); });
    return names;
}

void drop_our_views(Connection& connection) {
    for (const auto& name : our_views(connection))
        connection.execute(fmt::format("DROP VIEW IF EXISTS \"{}\"", name));
    connection.execute("DELETE FROM setting WHERE name LIKE 'view:%'");
}

/// One that stands there word for word was made by this program, even if that is not remembered.
void create(Connection& connection, const ViewFile& view) {
    auto definition = fmt::format("CREATE VIEW \"{}\" AS\n{}", view.name, view.sql);
    definition.erase(definition.find_last_not_of(" \n;") + 1); // as SQLite keeps it
    bool is_there = false;
    Statement(connection, "SELECT sql FROM sqlite_schema WHERE type = 'view' AND name = ?")
        .each([&](const Row& row) { is_there = row.text(0) == definition; },
              std::string_view{view.name});
    if (!is_there) connection.execute(definition);
}

} // namespace

SchemaState schema_state(Connection& connection) {
    SchemaState state{.kind = kind_of(connection)};
    if (state.kind != SchemaKind::ours) return state;
    state.version =
        static_cast<int>(number(connection, "SELECT max(version) FROM schema_migration"));
    state.views_checksum = views_checksum(connection);
    Statement(connection, "SELECT name FROM sqlite_schema WHERE type = 'view'")
        .each([&](const Row& row) { state.views.push_back(row.string(0)); });
    return state;
}

void use_write_ahead_log(Connection& connection) {
    // both stay with the file, and neither is to be had within a transaction
    connection.execute("PRAGMA page_size = 8192; PRAGMA journal_mode = WAL");
}

void apply(Connection& connection, const SchemaFile& file, Timestamp now) {
    use_write_ahead_log(connection);
    Transaction transaction(connection);
    connection.execute(file.sql);
    Statement(connection,
              "INSERT INTO schema_migration (version, name, applied_at) VALUES (?, ?, ?)")
        .run(file.version, file.name, now);
    transaction.commit();
}

void define_views(Connection& connection, std::span<const ViewFile> views,
                  std::string_view checksum) {
    Transaction transaction(connection);
    drop_our_views(connection);
    Statement remember(connection, "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)");
    for (const ViewFile& view : views) {
        create(connection, view);
        remember.run(fmt::format("view:{}", view.name), checksum);
    }
    remember.run(std::string_view{"views_checksum"}, checksum);
    transaction.commit();
}

} // namespace tidemark::sqlite
