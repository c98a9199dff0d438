#include "warehouse/postgres/schema.hpp"

#include "error.hpp"
#include "warehouse/dictionary.hpp"
#include "warehouse/postgres/citus.hpp"
#include "warehouse/postgres/failure.hpp"
#include "warehouse/postgres/values.hpp"
#include "warehouse/sql_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

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
        use_one_connection_per_node(tx); // who take no two statements at once either
        for (const std::string_view statement : statements_of(file.sql))
            exec(tx, statement);
        exec(tx,
             "INSERT INTO schema_migration (version, name, applied_at)"
             " VALUES ($1::smallint, $2, $3::timestamptz)",
             std::to_string(file.version), std::string(file.name), to_text(now));
    });
}

namespace {

constexpr pqxx::oid timestamptz_type = 1184;

std::string identifier(std::string_view name) { return fmt::format("\"{}\"", name); }

/// The view's query, its moments in UTC without a zone.
std::string in_utc(pqxx::transaction_base& tx, const ViewFile& view) {
    // the planner hardly looks at a query without rows, which LIMIT 0 would not tell it
    const auto sample = exec(tx, fmt::format("SELECT * FROM (\n{}\n) v WHERE false", view.sql));
    std::vector<std::string> columns;
    bool as_it_is = true;
    for (pqxx::row::size_type i = 0; i < sample.columns(); ++i) {
        const std::string name = identifier(sample.column_name(i));
        const bool has_zone = sample.column_type(i) == timestamptz_type;
        as_it_is = as_it_is && !has_zone;
        columns.push_back(has_zone ? fmt::format("{0} AT TIME ZONE 'UTC' AS {0}", name) : name);
    }
    if (as_it_is) return std::string(view.sql);
    return fmt::format("SELECT {} FROM (\n{}\n) v", fmt::join(columns, ", "), view.sql);
}

void create(pqxx::transaction_base& tx, const ViewFile& view) {
    exec(tx,
         fmt::format("CREATE OR REPLACE VIEW {} AS\n{}", identifier(view.name), in_utc(tx, view)));
    exec(tx, fmt::format("COMMENT ON VIEW {} IS {}", identifier(view.name),
                         tx.quote(description_of(view))));
}

/// What each table and column is for, as comments that any tool shows.
void comment(pqxx::transaction_base& tx, const std::string& schema) {
    const Dictionary dictionary;
    const auto found = exec(tx,
                            "SELECT c.relname, c.relkind = 'v', a.attname FROM pg_class c"
                            " JOIN pg_namespace n ON n.oid = c.relnamespace"
                            " JOIN pg_attribute a ON a.attrelid = c.oid"
                            " WHERE n.nspname = $1 AND c.relkind IN ('r', 'p', 'v')"
                            " AND a.attnum > 0 AND NOT a.attisdropped"
                            " AND (c.relkind <> 'v' OR EXISTS (SELECT 1 FROM setting s"
                            " WHERE s.name = 'view:' || c.relname))"
                            " ORDER BY c.relname, a.attnum",
                            schema);
    std::string comments;
    std::string commented;
    for (const auto& row : found) {
        const std::string relation = text_in(row[0]);
        const std::string column = text_in(row[2]);
        const std::string_view table = dictionary.table(relation);
        const bool is_view = flag_in(row[1]);
        if (!is_view && table.empty()) continue; // somebody else's
        if (!is_view && relation != commented) {
            comments += fmt::format("COMMENT ON TABLE {} IS {};", identifier(relation),
                                    tx.quote(std::string{table}));
        }
        commented = relation;
        if (const ColumnNote* note = dictionary.column(relation, column)) {
            comments += fmt::format("COMMENT ON COLUMN {}.{} IS {};", identifier(relation),
                                    identifier(column), tx.quote(to_text(*note)));
        }
    }
    if (!comments.empty()) exec(tx, comments);
}

void drop(pqxx::transaction_base& tx, const std::vector<std::string>& names) {
    if (names.empty()) return;
    exec(tx, fmt::format("DROP VIEW IF EXISTS {}", fmt::join(names, ", ")));
}

/// Whether what this does could be done; when views of others depend on what it would drop or
/// change, nothing is changed.
template <typename Change>
bool try_change(pqxx::work& tx, std::string_view obstacle, Change change) {
    try {
        pqxx::subtransaction attempt(tx, "attempt");
        change(attempt);
        attempt.commit();
        return true;
    } catch (const pqxx::sql_error& error) {
        if (sqlstate_of(error) != obstacle) throw;
        return false;
    }
}

constexpr std::string_view is_depended_on = "2BP01";
constexpr std::string_view has_other_columns = "42P16";

/// Which views are this program's is remembered as one setting each, `view:NAME`.
std::set<std::string> our_views(pqxx::work& tx) {
    std::set<std::string> names;
    const auto found = exec(tx, "SELECT substr(name, 6) FROM setting WHERE name LIKE 'view:%'");
    for (const auto& row : found)
        names.insert(identifier(text_in(row[0])));
    return names;
}

void store_setting(pqxx::work& tx, const std::string& name, std::string_view value) {
    exec(tx,
         "INSERT INTO setting (name, value) VALUES ($1, $2)"
         " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
         name, std::string(value));
}

void delete_view_setting(pqxx::work& tx, const std::string& name_as_identifier) {
    exec(tx, "DELETE FROM setting WHERE name = 'view:' || $1",
         name_as_identifier.substr(1, name_as_identifier.size() - 2));
}

/// All at once first, because they use each other; else one by one those that nobody uses.
void drop_gone(pqxx::work& tx, const std::set<std::string>& gone) {
    const std::vector<std::string> names(gone.begin(), gone.end());
    if (try_change(tx, is_depended_on, [&](auto& attempt) { drop(attempt, names); })) {
        for (const auto& name : names)
            delete_view_setting(tx, name);
        return;
    }
    for (const auto& name : names) {
        if (try_change(tx, is_depended_on, [&](auto& attempt) { drop(attempt, {name}); }))
            delete_view_setting(tx, name);
    }
}

} // namespace

void define_views(Connection& connection, std::span<const ViewFile> views,
                  std::string_view checksum) {
    connection.transact_once([&](pqxx::work& tx) {
        auto gone = our_views(tx);
        const std::vector<std::string> old(gone.begin(), gone.end());
        const auto create_all = [&](pqxx::transaction_base& in) {
            for (const ViewFile& view : views)
                create(in, view);
        };
        if (!try_change(tx, has_other_columns, create_all)) {
            drop(tx, old);
            create_all(tx);
        }
        for (const ViewFile& view : views) {
            gone.erase(identifier(view.name));
            store_setting(tx, fmt::format("view:{}", view.name), checksum);
        }
        drop_gone(tx, gone);
        comment(tx, connection.schema());
        store_setting(tx, "views_checksum", checksum);
    });
}

namespace {

std::string with(std::string text, std::string_view placeholder, const std::string& value) {
    for (auto at = text.find(placeholder); at != std::string::npos;
         at = text.find(placeholder, at + value.size()))
        text.replace(at, placeholder.size(), value);
    return text;
}

} // namespace

std::string grants(Connection& connection) {
    return connection.transact([&](pqxx::work& tx, int) {
        const auto names = exec(tx, "SELECT quote_ident(current_database()), quote_ident($1)",
                                connection.schema());
        return with(with(std::string{sql_text("schema/postgres/grants.sql")}, "{database}",
                         text_in(names[0][0])),
                    "{schema}", text_in(names[0][1]));
    });
}

} // namespace tidemark::postgres
