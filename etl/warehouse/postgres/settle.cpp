#include "warehouse/postgres/settle.hpp"

#include "error.hpp"
#include "warehouse/postgres/values.hpp"

#include <fmt/format.h>

namespace tidemark::postgres {
namespace {

constexpr std::string_view changed_tables =
    "SELECT quote_ident(c.relname) FROM pg_class c"
    " JOIN pg_namespace n ON n.oid = c.relnamespace"
    " LEFT JOIN pg_stat_all_tables s ON s.relid = c.oid"
    " WHERE n.nspname = $1 AND c.relkind IN ('r', 'p')"
    " AND (c.reltuples < 0 OR coalesce(s.n_mod_since_analyze, 0) > 1000 + 0.1 * c.reltuples)";

} // namespace

void settle(Connection& connection) {
    if (connection.read_only()) return;
    try {
        connection.transact_once([&](pqxx::work& tx) {
            const auto tables = exec(tx, changed_tables, connection.schema());
            for (const auto& row : tables)
                exec(tx, fmt::format("ANALYZE {}", text_in(row[0])));
        });
    } catch (const Error&) {
        // the server does it by itself, only later
    }
}

} // namespace tidemark::postgres
