#include "error.hpp"
#include "support/catch.hpp"
#include "warehouse/backends.hpp"
#include "warehouse/migration.hpp"
#include "warehouse/test_rows.hpp"

#include <fmt/format.h>

#include <algorithm>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const Timestamp now = moment("2026-10-10 06:00:00.000000");

} // namespace

TEST_CASE("an empty database becomes a warehouse", "[warehouse]") {
    const auto database = make_database(GENERATE(from_range(backends())));
    const auto warehouse = database->open();
    CHECK(warehouse->schema().kind == SchemaKind::empty);
    CHECK_THROWS_WITH(require_current_schema(*warehouse), ContainsSubstring("tidemark migrate"));
    const auto applied = migrate(*warehouse, now);
    CHECK(applied.files.size() == warehouse->schema_files().size());
    CHECK(applied.views);
    CHECK(warehouse->schema().kind == SchemaKind::ours);
    CHECK(warehouse->schema().version == warehouse->schema_files().back().version);
    CHECK_NOTHROW(require_current_schema(*warehouse));
}

TEST_CASE("migrating twice does nothing the second time", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    const auto before = rows_of(*db.warehouse, "schema_migration");
    CHECK(migrate(*db.warehouse, now).none());
    CHECK(rows_of(*db.warehouse, "schema_migration") == before);
    CHECK(migrate(*db.database->open(), now).none());
}

TEST_CASE("a migration that was cut off before the views goes on", "[warehouse]") {
    const auto database = make_database(GENERATE(from_range(backends())));
    const auto warehouse = database->open();
    for (const SchemaFile& file : warehouse->schema_files())
        warehouse->apply(file, now);
    const auto applied = migrate(*warehouse, now);
    CHECK(applied.files.empty());
    CHECK(applied.views);
    CHECK_NOTHROW(require_current_schema(*warehouse));
}

TEST_CASE("lines that were stored without their place are numbered by time, then id",
          "[warehouse]") {
    const auto database = make_database(GENERATE(from_range(backends())));
    const auto warehouse = database->open();
    for (const SchemaFile& file : warehouse->schema_files()) {
        if (file.name.ends_with("_lines.sql")) break;
        warehouse->apply(file, now);
    }
    const auto line = [](int execution, std::string_view id, int second) {
        return fmt::format("INSERT INTO execution_log VALUES ({}, '{}{}', '2026-10-09"
                           " 03:00:0{}.000000+00', 1, NULL, NULL, NULL)",
                           execution, id, "000000-0000-4000-8000-000000000000", second);
    };
    for (const auto& insert :
         {line(1, "0a", 2), line(1, "0c", 1), line(1, "0b", 1), line(2, "0a", 5), line(3, "01", 9)})
        database->execute(insert);
    migrate(*warehouse, now);
    std::vector<std::string> lines;
    for (const TextRow& row : rows_of(*warehouse, "execution_log"))
        lines.push_back(row.at("execution_key") + row.at("log_id").substr(0, 2) +
                        row.at("line_number"));
    std::sort(lines.begin(), lines.end());
    CHECK(lines == std::vector<std::string>{"10a3", "10b1", "10c2", "20a1", "3011"});
}

TEST_CASE("a schema file that fails leaves nothing behind", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    const SchemaFile broken{.version = 900,
                            .name = "900_broken.sql",
                            .sql = "CREATE TABLE half_way (n INTEGER); SELECT * FROM no_table;"};
    const auto version = db.warehouse->schema().version;
    CHECK_THROWS_AS(db.warehouse->apply(broken, now), Error);
    CHECK(db.warehouse->schema().version == version);
    CHECK_THROWS_AS(rows_of(*db.warehouse, "half_way"), Error);
}

TEST_CASE("views that cannot be defined leave the old ones in place", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    const auto checksum = db.warehouse->schema().views_checksum;
    const std::vector<ViewFile> broken{{.name = "fine", .sql = "SELECT 1 AS one"},
                                       {.name = "broken", .sql = "SELECT FROM WHERE"}};
    CHECK_THROWS_AS(db.warehouse->define_views(broken, "new"), Error);
    CHECK(db.warehouse->schema().views_checksum == checksum);
    CHECK_NOTHROW(rows_of(*db.warehouse, "last_successful_load"));
    CHECK_THROWS_AS(rows_of(*db.warehouse, "fine"), Error);
}

TEST_CASE("views that are gone from the program are gone from the warehouse", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    const std::vector<ViewFile> views{{.name = "fine", .sql = "SELECT 1 AS one"}};
    db.warehouse->define_views(views, "new");
    CHECK(row_of(*db.warehouse, "fine").at("one") == "1");
    CHECK_THROWS_AS(rows_of(*db.warehouse, "last_successful_load"), Error);
    CHECK(pending_migration(*db.warehouse).views);
    migrate(*db.warehouse, now);
    CHECK_THROWS_AS(rows_of(*db.warehouse, "fine"), Error);
}

TEST_CASE("somebody else's database is not touched", "[warehouse]") {
    const auto database = make_database(GENERATE(from_range(backends())));
    database->execute("CREATE TABLE customer (name TEXT)");
    const auto warehouse = database->open();
    CHECK(warehouse->schema().kind == SchemaKind::foreign);
    CHECK_THROWS_WITH(migrate(*warehouse, now), ContainsSubstring("not Tidemark's"));
    CHECK_THROWS_AS(require_current_schema(*warehouse), Error);
    CHECK_THROWS_AS(rows_of(*warehouse, "schema_migration"), Error);
}

TEST_CASE("a newer program's warehouse is refused", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    db.database->execute("INSERT INTO schema_migration (version, name, applied_at)"
                         " VALUES (999, '999_later.sql', '2030-01-01 00:00:00.000000')");
    CHECK_THROWS_WITH(migrate(*db.warehouse, now), ContainsSubstring("schema 999"));
    CHECK_THROWS_WITH(require_current_schema(*db.warehouse), ContainsSubstring("newer program"));
}
