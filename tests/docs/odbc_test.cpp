// How the views for BI look through the ODBC drivers, which Power BI and others ask.
#include "docs/dictionary_page.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/skip.hpp"
#include "support/temporary_folder.hpp"
#include "warehouse/dictionary.hpp"
#include "warehouse/migration.hpp"
#include "warehouse/own_database.hpp"
#include "warehouse/sqlite/warehouse.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <sstream>

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// ODBC's numbers for types, as SQLColumns gives them.
const std::map<std::string, std::string> odbc_types = {
    {"-11", "GUID"},     {"-5", "BIGINT"}, {"-1", "LONGVARCHAR"}, {"2", "NUMERIC"},
    {"4", "INTEGER"},    {"6", "DOUBLE"},  {"8", "DOUBLE"},       {"9", "DATE"},
    {"11", "TIMESTAMP"}, {"12", "VARCHAR"}};

/// The views that make up the star, and those that the Power BI project reads beside them.
std::vector<std::string> bi_views(const Warehouse& warehouse) {
    std::vector<std::string> views;
    for (const std::string& view : views_of(warehouse)) {
        const std::set<std::string> others = {"last_successful_load", "failing_tasks",
                                              "failed_runs", "recent_syncs"};
        if (view.starts_with("dim_") || view.starts_with("fact_") || others.contains(view))
            views.push_back(view);
    }
    return views;
}

using ColumnTypes = std::map<std::pair<std::string, std::string>, std::string>;

/// What SQLColumns says of them: the third to fifth of its columns are table, column and type.
ColumnTypes through_odbc(const std::string& connection, const std::vector<std::string>& views) {
    const TemporaryFolder folder;
    std::string asked;
    for (const std::string& view : views)
        asked += "help " + view + "\n";
    write_file(folder / "asked", asked);
    const std::string command =
        fmt::format("isql -b -d'|' -k '{}' <'{}' >'{}' 2>&1", connection,
                    (folder / "asked").string(), (folder / "told").string());
    REQUIRE(std::system(command.c_str()) == 0);
    ColumnTypes types;
    std::istringstream lines(read_file(folder / "told"));
    for (std::string line; std::getline(lines, line);) {
        std::vector<std::string> fields;
        std::istringstream in(line);
        for (std::string field; std::getline(in, field, '|');)
            fields.push_back(field);
        if (fields.size() < 5) continue;
        const auto type = odbc_types.find(fields[4]);
        types[{fields[2], fields[3]}] = type == odbc_types.end() ? fields[4] : type->second;
    }
    return types;
}

bool is_there(const std::string& driver) {
    return std::system(fmt::format("isql --version >/dev/null 2>&1 && odbcinst -q -d -n '{}'"
                                   " >/dev/null 2>&1",
                                   driver)
                           .c_str()) == 0;
}

/// A warehouse of each kind, and what the drivers say of it.
struct Drivers {
    TemporaryFolder folder;
    OwnDatabase database;
    std::unique_ptr<Warehouse> sqlite =
        open_sqlite_warehouse(folder / "tidemark.db", OpenMode::create);
    std::unique_ptr<Warehouse> postgres = database.migrated();
    std::vector<std::string> views = bi_views(*postgres);
    ColumnTypes of_sqlite;
    ColumnTypes of_postgres;

    Drivers() {
        migrate(*sqlite, moment("2026-01-01 00:00:00.000000"));
        of_sqlite = through_odbc(fmt::format("Driver={{SQLite3}};Database={};BigInt=1;NoCreat=1",
                                             (folder / "tidemark.db").string()),
                                 views);
        of_postgres = through_odbc(
            fmt::format("Driver={{PostgreSQL Unicode}};Server=127.0.0.1;Port={};Database={};"
                        "UID=postgres;ConnSettings=SET search_path=tidemark",
                        postgres_server().port(), postgres->address().database),
            views);
    }
};

constexpr std::string_view page_begin = R"(# Types through ODBC

What the ODBC drivers of SQLite (`libsqliteodbc`) and PostgreSQL (`odbc-postgresql`) say of the views for BI, as
`SQLColumns` gives it. This page is written by `./dev dictionary`. Power BI reads PostgreSQL by a connector of its
own, and SQLite through the driver.

- The connection string for SQLite needs `BigInt=1`: without it numbers are cut to 32 bits.
- `VARCHAR` in the SQLite column: the view computes it, and the driver takes it for text of at most 255
  characters. Give such a column its type, as the queries of `tidemark powerbi` do.
- PostgreSQL's driver cuts a `LONGVARCHAR` at 8,190 characters, unless `MaxLongVarcharSize` says more.
- A key relates to the view that is named beside it. It is never null, and -1 where nothing is known.
- `SQLForeignKeys` knows the keys of tables only, not of views, and none of `execution_log` in either database.
  PostgreSQL's driver names both columns. SQLite's names the table that a key refers to and leaves its column
  empty, because the schema does: `REFERENCES job` is the primary key of `job`, and the key's column has the same
  name. So a tool that looks for relationships by itself may find none in SQLite; make them by the names of the keys.

| view | column | SQLite | PostgreSQL | key of | null |
| --- | --- | --- | --- | --- | --- |
)";

std::string key_of(const std::string& column) {
    static const std::map<std::string, std::string> dimensions = {
        {"job_key", "dim_job"},
        {"organisation_key", "dim_organisation"},
        {"data_source_key", "dim_data_source"},
        {"transfer_task_key", "dim_transfer_task"},
        {"template_key", "dim_message_shape"},
        {"date_key", "dim_date"},
        {"execution_key", "fact_execution"}};
    const auto found = dimensions.find(column);
    return found == dimensions.end() ? "" : "`" + found->second + "`";
}

std::string odbc_page(Drivers& drivers) {
    std::string page{page_begin};
    const Dictionary dictionary;
    for (const std::string& view : drivers.views) {
        for (const ColumnType& column : drivers.postgres->columns(view)) {
            const ColumnNote* note = dictionary.column(view, column.name);
            page += fmt::format("| `{}` | `{}` | {} | {} | {} | {} |\n", view, column.name,
                                drivers.of_sqlite[{view, column.name}],
                                drivers.of_postgres[{view, column.name}], key_of(column.name),
                                note == nullptr || !note->null.empty() ? "yes" : "no");
        }
    }
    return page;
}

} // namespace

TEST_CASE("the star has the same types through both ODBC drivers, and its keys fit",
          "[odbc][docs]") {
    if (!is_there("SQLite3") || !is_there("PostgreSQL Unicode")) {
        return skip_case("isql or an ODBC driver is not installed");
    }
    Drivers drivers;
    const auto same = [](const std::string& type) {
        if (type == "INTEGER" || type == "BIGINT") return std::string{"a whole number"};
        if (type == "DOUBLE" || type == "NUMERIC") return std::string{"a number"};
        if (type == "GUID") return std::string{"LONGVARCHAR"};
        return type;
    };
    int columns = 0;
    for (const auto& [place, type] : drivers.of_postgres) {
        const auto& [view, column] = place;
        CAPTURE(view, column);
        const std::string in_sqlite = drivers.of_sqlite[place];
        ++columns;
        if (view.starts_with("dim_") || view.starts_with("fact_"))
            CHECK(same(in_sqlite) == same(type));
        if (column.ends_with("_key")) CHECK(same(in_sqlite) == "a whole number");
        // what may be long must not be cut at 255
        for (const std::string part : {"message", "error", "example"}) {
            if (column.find(part) != std::string::npos) CHECK(in_sqlite == "LONGVARCHAR");
        }
    }
    CHECK(columns > 140);
    const std::filesystem::path page = TIDEMARK_REPOSITORY "/docs/odbc.md";
    const std::string expected = odbc_page(drivers);
    if (std::getenv("TIDEMARK_WRITE_DICTIONARY") != nullptr) write_file(page, expected);
    INFO("run './dev dictionary', which writes the page anew");
    CHECK((std::filesystem::exists(page) && read_file(page) == expected));
}

TEST_CASE("PostgreSQL's foreign keys name their columns for ODBC", "[warehouse]") {
    const OwnDatabase database;
    const auto warehouse = database.migrated();
    CHECK(database.run("SELECT count(*) > 15 AND bool_and(cardinality(conkey) = 1 AND"
                       " cardinality(confkey) = 1) FROM pg_constraint c"
                       " JOIN pg_namespace n ON n.oid = c.connamespace"
                       " WHERE contype = 'f' AND nspname = 'tidemark'") == "t");
}
