#include "warehouse/postgres/schema.hpp"

#include "warehouse/postgres/values.hpp"

#include <fmt/format.h>

namespace tidemark::postgres {
namespace {

/// Whether there is anything in the schema, and whether it is ours: other programs have a table
/// `schema_migration` too, but none with these columns beside a `setting`.
constexpr std::string_view kind_of_schema =
    "SELECT count(*) > 0, count(*) FILTER (WHERE c.relname = 'setting') > 0"
    " AND count(*) FILTER (WHERE c.relname = 'schema_migration' AND"
    " (SELECT count(*) FROM pg_attribute a WHERE a.attrelid = c.oid"
    " AND a.attname IN ('version', 'name', 'applied_at')) = 3) > 0"
    " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE n.nspname = $1 AND c.relkind IN ('r', 'p', 'v', 'm', 'f')";

SchemaKind kind_of(pqxx::work& tx, const std::string& schema) {
    const auto found = exec(tx, kind_of_schema, schema);
    if (flag_in(found[0][1])) return SchemaKind::ours;
    return flag_in(found[0][0]) ? SchemaKind::foreign : SchemaKind::empty;
}

} // namespace

SchemaState schema_state(Connection& connection) {
    return connection.transact([&](pqxx::work& tx, int) {
        SchemaState state{.kind = kind_of(tx, connection.schema())};
        if (state.kind != SchemaKind::ours) return state;
        // by the schema's name: one that this role must not use would merely not be found
        const auto found = exec(
            tx, fmt::format("SELECT (SELECT max(version) FROM \"{0}\".schema_migration),"
                            " (SELECT value FROM \"{0}\".setting WHERE name = 'views_checksum')",
                            connection.schema()));
        state.version = static_cast<int>(integer_in(found[0][0]));
        state.views_checksum = text_in(found[0][1]);
        const auto views =
            exec(tx, "SELECT viewname FROM pg_views WHERE schemaname = $1", connection.schema());
        for (const auto& row : views)
            state.views.push_back(text_in(row[0]));
        return state;
    });
}

void apply(Connection& connection, const SchemaFile& file, Timestamp now) {
    connection.transact_once([&](pqxx::work& tx) {
        const auto found =
            exec(tx, "SELECT to_regnamespace(quote_ident($1)) IS NULL", connection.schema());
        if (flag_in(found[0][0]))
            exec(tx, fmt::format("CREATE SCHEMA \"{}\"", connection.schema()));
        exec(tx, file.sql);
        exec(tx,
             "INSERT INTO schema_migration (version, name, applied_at)"
             " VALUES ($1::smallint, $2, $3::timestamptz)",
             std::to_string(file.version), std::string(file.name), to_text(now));
    });
}

} // namespace tidemark::postgres
