#include "config/config.hpp"
#include "error.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/temporary_folder.hpp"
#include "warehouse/migration.hpp"
#include "warehouse/sqlite/connection.hpp"
#include "warehouse/sqlite/warehouse.hpp"
#include "warehouse/test_rows.hpp"

#include <fstream>

using namespace tidemark;
using namespace tidemark::test;
using std::chrono::milliseconds;

TEST_CASE("a file that is no database is refused in SQLite's words", "[sqlite]") {
    const TemporaryFolder folder;
    const auto file = folder / "notes.txt";
    std::ofstream(file) << "these are my notes, and they are longer than a header of SQLite, "
                           "which has a hundred bytes, of which sixteen are a magic text";
    const auto before = read_file(file);
    const auto mode = GENERATE(OpenMode::create, OpenMode::existing, OpenMode::read_only);
    CHECK_THROWS_WITH(open_sqlite_warehouse(file, mode), ContainsSubstring(file.string()));
    CHECK_THROWS_WITH(open_sqlite_warehouse(file, mode),
                      ContainsSubstring("file is not a database"));
    CHECK(read_file(file) == before);
}

TEST_CASE("only a sync creates a file", "[sqlite]") {
    const TemporaryFolder folder;
    const auto file = folder / "warehouse.db";
    const auto mode = GENERATE(OpenMode::existing, OpenMode::read_only);
    CHECK_THROWS_WITH(open_sqlite_warehouse(file, mode), ContainsSubstring("no warehouse at '"));
    CHECK_FALSE(std::filesystem::exists(file));
}

TEST_CASE("a folder that is not there is named", "[sqlite]") {
    const TemporaryFolder folder;
    CHECK_THROWS_WITH(open_sqlite_warehouse(folder.path() / "a" / "b.db", OpenMode::create),
                      ContainsSubstring("there is no folder '" + (folder / "a").string()));
    CHECK_THROWS_WITH(open_sqlite_warehouse(folder.path(), OpenMode::create),
                      ContainsSubstring("is a folder"));
}

TEST_CASE("a foreign database stays as it is, to the byte", "[sqlite]") {
    const TemporaryFolder folder;
    const auto file = folder / "theirs.db";
    sqlite::Connection(file, sqlite::Access::create).execute("CREATE TABLE customer (name TEXT)");
    const auto before = read_file(file);
    CHECK_THROWS_AS(migrate(*open_sqlite_warehouse(file, OpenMode::create), system_now()), Error);
    CHECK(read_file(file) == before);
}

TEST_CASE("what is opened for reading cannot be written", "[sqlite]") {
    const TemporaryFolder folder;
    const auto file = folder / "warehouse.db";
    migrate(*open_sqlite_warehouse(file, OpenMode::create), system_now());
    const auto warehouse = open_sqlite_warehouse(file, OpenMode::read_only);
    CHECK_THROWS_WITH(warehouse->lease(milliseconds{0}), ContainsSubstring("for reading only"));
    CHECK_THROWS_WITH(warehouse->write(foundation()), ContainsSubstring("readonly database"));
    CHECK_NOTHROW(warehouse->optimize());
    CHECK(rows_of(*warehouse, "job").empty());
}

TEST_CASE("a warehouse has one lease, whatever name it is reached by", "[sqlite]") {
    const TemporaryFolder folder;
    const auto file = folder / "warehouse.db";
    const bool is_new = GENERATE(true, false);
    const auto warehouse = open_sqlite_warehouse(file, OpenMode::create);
    if (!is_new) migrate(*warehouse, system_now());
    std::filesystem::create_symlink(file, folder / "link.db");
    auto lease = warehouse->lease(milliseconds{0});
    for (const std::string name : {"warehouse.db", "link.db"}) {
        const auto other = open_sqlite_warehouse(folder / name, OpenMode::create);
        CHECK_THROWS_AS(other->lease(milliseconds{0}), LeaseHeld);
    }
    lease.reset();
    CHECK_NOTHROW(
        open_sqlite_warehouse(folder / "link.db", OpenMode::create)->lease(milliseconds{0}));
}

TEST_CASE("no file that can be deleted beside a warehouse is its lease", "[sqlite]") {
    const TemporaryFolder folder;
    const auto file = folder / "warehouse.db";
    const auto warehouse = open_sqlite_warehouse(file, OpenMode::create);
    migrate(*warehouse, system_now());
    const auto lease = warehouse->lease(milliseconds{0});
    for (const auto& beside : std::filesystem::directory_iterator(folder.path())) {
        const auto name = beside.path().filename().string();
        if (name != "warehouse.db" && !name.starts_with("warehouse.db-")) // those are SQLite's own
            std::filesystem::remove(beside.path());
    }
    CHECK_THROWS_AS(open_sqlite_warehouse(file, OpenMode::existing)->lease(milliseconds{0}),
                    LeaseHeld);
}

TEST_CASE("an analyst's own view outlives a change of ours", "[sqlite]") {
    const TemporaryFolder folder;
    const auto file = folder / "warehouse.db";
    const auto warehouse = open_sqlite_warehouse(file, OpenMode::create);
    migrate(*warehouse, system_now());
    sqlite::Connection(file, sqlite::Access::existing)
        .execute("CREATE VIEW my_jobs AS SELECT job FROM jobs");
    warehouse->define_views({}, "");
    migrate(*warehouse, system_now());
    CHECK(rows_of(*warehouse, "my_jobs").empty());
}

TEST_CASE("a reader does not keep a sync waiting", "[sqlite]") {
    const TemporaryFolder folder;
    const auto file = folder / "warehouse.db";
    const auto warehouse = open_sqlite_warehouse(file, OpenMode::create);
    migrate(*warehouse, system_now());
    warehouse->write(foundation());
    const auto reader = open_sqlite_warehouse(file, OpenMode::read_only);
    reader->read("job", {.columns = [](const auto&) {},
                         .row =
                             [&](const auto&) {
                                 Batch batch;
                                 batch.jobs = {job(1, "renamed")};
                                 warehouse->write(batch);
                                 warehouse->optimize();
                             }});
    CHECK(row_of(*reader, "job").at("name") == "renamed");
}

TEST_CASE("a URL names a warehouse", "[sqlite]") {
    const TemporaryFolder folder;
    WarehouseConfig config{.url = "sqlite:night.db", .base = folder.path()};
    CHECK(open_warehouse(config, OpenMode::create)->name() ==
          "sqlite:" + (folder / "night.db").string());
    CHECK(std::filesystem::exists(folder / "night.db"));
    config.url = "sqlite:" + (folder / "absolute.db").string();
    config.base = "/nowhere";
    CHECK_NOTHROW(open_warehouse(config, OpenMode::create));
    CHECK(std::filesystem::exists(folder / "absolute.db"));
    config.url = GENERATE("", "sqlite:", "sqlite", "tidemark.db", "mysql://user:secret@host/db");
    CHECK_THROWS_AS(open_warehouse(config, OpenMode::create), ConfigError);
    CHECK_THROWS_WITH(open_warehouse(config, OpenMode::create), !ContainsSubstring("secret"));
}

TEST_CASE("a file has no roles to grant", "[sqlite]") {
    CHECK_THROWS_AS(grants_for({.url = "sqlite:night.db"}), ConfigError);
}
