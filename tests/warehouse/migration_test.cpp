#include "error.hpp"
#include "support/catch.hpp"
#include "warehouse/backends.hpp"
#include "warehouse/migration.hpp"
#include "warehouse/sql_files.hpp"
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
    CHECK(applied.files.size() == schema_files_of(warehouse->dialect()).size());
    CHECK(applied.views);
    CHECK(warehouse->schema().kind == SchemaKind::ours);
    CHECK(warehouse->schema().version == schema_files_of(warehouse->dialect()).back().version);
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
    for (const SchemaFile& file : schema_files_of(warehouse->dialect()))
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
    for (const SchemaFile& file : schema_files_of(warehouse->dialect())) {
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

TEST_CASE("a warehouse of an older version doubts what it believed", "[warehouse]") {
    const auto database = make_database(GENERATE(from_range(backends())));
    const auto warehouse = database->open();
    for (const SchemaFile& file : schema_files_of(warehouse->dialect())) {
        if (file.version <= 5) warehouse->apply(file, now);
    }
    database->execute(R"(
        INSERT INTO organisation (organisation_key, name, base_url, reporting_timezone)
        VALUES (1, 'default', 'https://gateway.example', 'UTC');
        INSERT INTO job VALUES (1, 1, '00000000-0000-4000-8000-000000000001', 'Nightly',
                                '2026-10-09 06:00:00.000000', NULL);
        INSERT INTO data_source (data_source_key, name, organisation_key) VALUES (1, 'CRM', 1);
        INSERT INTO transfer_task VALUES (1, 'CRM - a', 1, 1);
        INSERT INTO execution (execution_key, execution_id, job_key, state, state_code, created_at,
            ended_at, duration_ms, created_on, log_count, first_seen_at, changed_at, content_hash,
            incomplete)
        VALUES (1, '00000000-0000-4000-8000-000000000011', 1, 'completed', 1,
                '2026-10-07 03:00:00.000000', '2026-10-07 03:10:00.000000', 600000, '2026-10-07', 0,
                '2026-10-09 06:00:00.000000', '2026-10-09 06:00:00.000000', 0, FALSE),
               (2, '00000000-0000-4000-8000-000000000012', 1, 'completed', 1,
                '2026-10-08 03:00:00.000000', '2027-10-08 03:00:00.000000', 31536000000,
                '2026-10-08', 0,
                '2026-10-09 06:00:00.000000', '2026-10-09 06:00:00.000000', 0, FALSE),
               (3, '00000000-0000-4000-8000-000000000013', 1, 'completed', 1,
                '2026-10-08 04:00:00.000000', '2026-10-08 03:59:59.000000', -1000, '2026-10-08', 0,
                '2026-10-09 06:00:00.000000', '2026-10-09 06:00:00.000000', 0, FALSE);
        INSERT INTO task_run (execution_key, transfer_task_key, started_at, ended_at, outcome,
            last_succeeded_at, attempts, attributed_by, duration_ms)
        VALUES (1, 1, '2026-10-07 03:00:00.000000', '2026-10-07 03:01:00.000000', 'succeeded',
                '2026-10-07 03:01:00.000000', 1, 'explicit', 60000),
               (2, 1, '2026-10-08 03:00:00.000000', '2027-10-08 03:00:00.000000', 'succeeded',
                '2027-10-08 03:00:00.000000', 1, 'explicit', 31536000000);
    )");
    migrate(*warehouse, now);
    const auto load = row_of(*warehouse, "last_successful_load");
    CHECK(load.at("last_success_at_utc") == "2026-10-07 03:01:00.000000");
    const auto doubtful = row_of(*warehouse, "doubtful_executions");
    CHECK(doubtful.at("execution_id") == "00000000-0000-4000-8000-000000000012");
    CHECK(doubtful.at("ended_at_utc") == "2027-10-08 03:00:00.000000");
    for (const TextRow& row : rows_of(*warehouse, "execution"))
        CHECK(row.at("duration_ms") == (row.at("execution_key") == "1" ? "600000" : "NULL"));
    for (const TextRow& row : rows_of(*warehouse, "task_run"))
        CHECK(row.at("duration_ms") == (row.at("execution_key") == "1" ? "60000" : "NULL"));
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

TEST_CASE("a view that was dropped and settings that were deleted are mended by a migration",
          "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    const std::string damage =
        GENERATE(as<std::string>(), "DROP VIEW recent_syncs", "DELETE FROM setting",
                 "DELETE FROM setting WHERE name = 'views_checksum'",
                 "DROP VIEW recent_syncs; DELETE FROM setting WHERE name = 'view:recent_syncs'");
    CAPTURE(damage);
    db.database->execute(damage);
    CHECK_THROWS_WITH(require_current_schema(*db.warehouse), ContainsSubstring("tidemark migrate"));
    CHECK(migrate(*db.warehouse, now).views);
    CHECK_NOTHROW(require_current_schema(*db.warehouse));
    for (const ViewFile& view : view_files_of(db.warehouse->dialect()))
        CHECK_NOTHROW(rows_of(*db.warehouse, view.name));
    CHECK(migrate(*db.warehouse, now).none());
}
