#include "docs/dictionary_page.hpp"
#include "error.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/sync_world.hpp"
#include "warehouse/backends.hpp"
#include "warehouse/dictionary.hpp"
#include "warehouse/migration.hpp"
#include "warehouse/own_database.hpp"

#include <algorithm>
#include <cstdlib>
#include <set>

using namespace tidemark;
using namespace tidemark::test;

namespace {

std::vector<std::string> relations_of(const Warehouse& warehouse) {
    auto names = tables_of(warehouse);
    const auto views = views_of(warehouse);
    names.insert(names.end(), views.begin(), views.end());
    return names;
}

std::string comment_of(const OwnDatabase& database, const std::string& relation,
                       const std::string& column) {
    return database.run("SELECT col_description('tidemark." + relation + "'::regclass, attnum)" +
                        " FROM pg_attribute WHERE attrelid = 'tidemark." + relation +
                        "'::regclass AND attname = '" + column + "'");
}

} // namespace

TEST_CASE("every table and column is in the data dictionary", "[dictionary]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    const Dictionary dictionary;
    for (const std::string& table : tables_of(*db.warehouse)) {
        CAPTURE(table);
        CHECK_FALSE(dictionary.table(table).empty());
    }
    int columns = 0;
    for (const std::string& relation : relations_of(*db.warehouse)) {
        for (const ColumnType& column : db.warehouse->columns(relation)) {
            CAPTURE(relation, column.name);
            CHECK(dictionary.column(relation, column.name) != nullptr);
            ++columns;
        }
    }
    CHECK(columns > 500);
}

TEST_CASE("the data dictionary says nothing of what is not there", "[dictionary]") {
    const MigratedDatabase db("postgres");
    std::set<std::pair<std::string, std::string>> columns;
    for (const std::string& relation : relations_of(*db.warehouse)) {
        for (const ColumnType& column : db.warehouse->columns(relation)) {
            columns.emplace(relation, column.name);
            columns.emplace("", column.name);
        }
    }
    for (const auto& [relation, column] : Dictionary{}.entries()) {
        CAPTURE(relation, column);
        CHECK(columns.contains({std::string{relation}, std::string{column}}));
    }
}

TEST_CASE("the data dictionary knows which columns of tables are never null", "[dictionary]") {
    const MigratedDatabase db("postgres");
    const Dictionary dictionary;
    for (const std::string& table : tables_of(*db.warehouse)) {
        for (const ColumnType& column : db.warehouse->columns(table)) {
            // a generated column has no constraint of its own
            if (column.name.starts_with("is_") || column.name == "source_or_unknown_key" ||
                (table == "execution" && column.name == "date_key"))
                continue;
            const ColumnNote* note = dictionary.column(table, column.name);
            CAPTURE(table, column.name);
            CHECK((note != nullptr && note->null.empty() != column.can_be_null));
        }
    }
}

TEST_CASE("a column of which the data dictionary says so is never null", "[dictionary]") {
    SyncWorld world(GENERATE("sqlite", "postgres"));
    for (const std::string night : {"night1", "night2"}) {
        world.source = sample_night(night);
        world.sync();
    }
    const Dictionary dictionary;
    const auto warehouse = world.open();
    int rows = 0;
    for (const std::string& relation : relations_of(*warehouse)) {
        std::set<std::string> null;
        each_row(*warehouse, relation, [&](const Row& row) {
            ++rows;
            for (const auto& [column, value] : row.values) {
                if (std::holds_alternative<std::monostate>(value)) null.insert(column);
            }
        });
        for (const std::string& column : null) {
            CAPTURE(relation, column);
            const ColumnNote* note = dictionary.column(relation, column);
            CHECK((note != nullptr && !note->null.empty()));
        }
    }
    CHECK(rows > 1000);
}

TEST_CASE("PostgreSQL shows the data dictionary as comments", "[dictionary]") {
    const OwnDatabase database;
    const auto warehouse = database.migrated();
    CHECK(comment_of(database, "last_successful_load", "age_hours") ==
          "time since the last success, counted when you ask; unit: hours; null: it never"
          " succeeded; example: 9.75");
    CHECK(comment_of(database, "job", "name") ==
          "the latest one; the id stays when a job is renamed; never null; example: Nightly load");
    CHECK(database.run("SELECT obj_description('tidemark.job'::regclass)") ==
          Dictionary{}.table("job"));
    CHECK(database.run(
              "SELECT count(*) FROM information_schema.columns"
              " WHERE table_schema = 'tidemark' AND col_description("
              "(table_schema || '.' || table_name)::regclass, ordinal_position) IS NULL") == "0");
}

TEST_CASE("a migration renews comments, and leaves a table of somebody else alone",
          "[dictionary]") {
    const OwnDatabase database;
    const auto warehouse = database.migrated();
    database.run("COMMENT ON COLUMN tidemark.job.name IS 'old';"
                 "UPDATE tidemark.setting SET value = 'of an older dictionary'"
                 " WHERE name = 'views_checksum';"
                 "CREATE TABLE tidemark.note (job_key bigint);"
                 "COMMENT ON COLUMN tidemark.note.job_key IS 'mine'");
    CHECK(pending_migration(*warehouse).views);
    migrate(*warehouse, moment("2026-10-10 06:00:00.000000"));
    CHECK(comment_of(database, "job", "name") != "old");
    CHECK(comment_of(database, "note", "job_key") == "mine");
    CHECK(pending_migration(*warehouse).none());
}

TEST_CASE("a line of the data dictionary that is no entry is named", "[dictionary]") {
    const std::string path = "schema/dictionary/some.txt";
    const auto read = [&](std::string_view text) {
        const SqlFile file{path, text};
        return Dictionary(std::span{&file, 1});
    };
    const auto good =
        read("# a comment\n\n[job] One row per job.\nname | its name | | | Nightly\n");
    CHECK(good.table("job") == "One row per job.");
    CHECK(good.column("job", "name")->meaning == "its name");
    CHECK(good.column("data_source", "name") == nullptr);
    const std::string broken =
        GENERATE(as<std::string>(), "[a] A.\nb | c | d | e\n", "[a] A.\n[a] B.\n", "[a\nb\n",
                 "x | y | | | z\nx | y | | | z\n", "\nx | | | | z\n");
    CAPTURE(broken);
    CHECK_THROWS_WITH(read(broken),
                      ContainsSubstring(path + ":2") ||
                          (ContainsSubstring(path + ":1") && ContainsSubstring("[table]")));
}

TEST_CASE("docs/data-dictionary.md is what the data dictionary says", "[dictionary][docs]") {
    const MigratedDatabase sqlite("sqlite");
    const MigratedDatabase postgres("postgres");
    const std::filesystem::path page = TIDEMARK_REPOSITORY "/docs/data-dictionary.md";
    const std::string expected = dictionary_page(*sqlite.warehouse, *postgres.warehouse);
    if (std::getenv("TIDEMARK_WRITE_DICTIONARY") != nullptr) write_file(page, expected);
    INFO("run './dev dictionary', which writes the page anew");
    CHECK((std::filesystem::exists(page) && read_file(page) == expected));
}
