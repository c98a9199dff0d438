#include "warehouse/read_rows.hpp"

#include "warehouse/postgres/reader.hpp"
#include "warehouse/postgres/values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace tidemark::postgres {
namespace {

/// Types of the server that are not handed over as the text that it prints.
enum Type : pqxx::oid {
    boolean = 16,
    bigint = 20,
    smallint = 21,
    integer = 23,
    real = 700,
    double_precision = 701,
    timestamp = 1114,
    timestamptz = 1184,
    numeric = 1700,
};

/// Whole numbers that need numeric, such as the sum of a bigint column, print like other ones.
Value number_in(const pqxx::field& field) {
    const std::string_view text{field.c_str(), field.size()};
    std::int64_t whole = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), whole);
    if (failed == std::errc{} && end == text.data() + text.size()) return whole;
    return real_in(field);
}

Value value_in(const pqxx::field& field, pqxx::oid type) {
    if (field.is_null()) return std::monostate{};
    switch (type) {
    case boolean: return std::int64_t{flag_in(field) ? 1 : 0};
    case bigint:
    case smallint:
    case integer: return integer_in(field);
    case real:
    case double_precision: return real_in(field);
    case numeric: return number_in(field);
    case timestamp:
    case timestamptz: return wide_moment({field.c_str(), field.size()});
    default: return text_in(field);
    }
}

void require(pqxx::work& tx, const Connection& connection, std::string_view name) {
    const auto found =
        exec(tx,
             "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
             " WHERE n.nspname = $1 AND c.relkind IN ('r', 'p', 'v') ORDER BY 1",
             connection.schema());
    std::vector<std::string> names;
    for (const auto& row : found)
        names.push_back(text_in(row[0]));
    require_relation(names, name, connection.name());
}

std::vector<std::string> columns_of(const pqxx::result& rows) {
    std::vector<std::string> names;
    for (pqxx::row::size_type i = 0; i < rows.columns(); ++i)
        names.emplace_back(rows.column_name(i));
    return names;
}

std::vector<pqxx::oid> types_of(const pqxx::result& rows) {
    std::vector<pqxx::oid> types;
    for (pqxx::row::size_type i = 0; i < rows.columns(); ++i)
        types.push_back(rows.column_type(i));
    return types;
}

void hand_over(const pqxx::result& rows, const RowSink& sink) {
    const auto types = types_of(rows);
    std::vector<Value> values(types.size());
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = value_in(row[static_cast<pqxx::row::size_type>(i)], types[i]);
        sink.row(values);
    }
}

/// Through a cursor, a part at a time.
void select_in(pqxx::work& tx, std::string_view sql, const RowSink& sink) {
    exec(tx, fmt::format("SET LOCAL cursor_tuple_fraction = 1;"
                         " DECLARE part NO SCROLL CURSOR FOR {}",
                         sql));
    // few rows at first: a message may have megabytes
    constexpr int most_at_once = 1000;
    auto rows = exec(tx, "FETCH 20 FROM part");
    sink.columns(columns_of(rows));
    for (int at_once = 20; !rows.empty();) {
        hand_over(rows, sink);
        if (static_cast<int>(rows.size()) < at_once) break;
        at_once = std::min(at_once * 2, most_at_once);
        rows = exec(tx, fmt::format("FETCH {} FROM part", at_once));
    }
}

} // namespace

void read(Connection& connection, std::string_view name, const RowSink& sink) {
    connection.transact_once([&](pqxx::work& tx) {
        require(tx, connection, name);
        select_in(tx, fmt::format("SELECT * FROM \"{}\"", name), sink);
    });
}

void select(Connection& connection, std::string_view sql, const RowSink& sink) {
    connection.transact_once([&](pqxx::work& tx) { select_in(tx, sql, sink); });
}

} // namespace tidemark::postgres
