#include "error.hpp"
#include "support/catch.hpp"
#include "support/workspace.hpp"
#include "warehouse/own_database.hpp"
#include "warehouse/postgres/failure.hpp"
#include "warehouse/sql_files.hpp"

#include <fmt/format.h>

#include <functional>

using namespace tidemark;
using namespace tidemark::test;
using std::chrono::milliseconds;

namespace {

const std::string holds_the_lock = "pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory')";

} // namespace

TEST_CASE("what cannot be opened says why and what to do", "[postgres]") {
    const auto& server = postgres_server();
    const auto opening = [](const std::string& url) {
        return open_postgres_warehouse(url, "tidemark", OpenMode::create);
    };
    CHECK_THROWS_WITH(opening("postgresql://me:secret@127.0.0.1:1/db"),
                      ContainsSubstring("cannot open 'postgresql://me@127.0.0.1:1/db'") &&
                          ContainsSubstring("Connection refused") &&
                          ContainsSubstring("start the server") && !ContainsSubstring("secret") &&
                          !ContainsSubstring("\n"));
    CHECK_THROWS_WITH(opening(server.url("nowhere")),
                      ContainsSubstring("database \"nowhere\" does not exist") &&
                          ContainsSubstring("createdb"));
    run_sql(server.url(), "CREATE ROLE guarded LOGIN PASSWORD 'right'");
    auto url = server.url("postgres", "guarded");
    CHECK_THROWS_WITH(opening(url), ContainsSubstring("PGPASSWORD"));
    url.replace(url.find("guarded@"), 8, "guarded:secret@");
    CHECK_THROWS_WITH(opening(url), ContainsSubstring("password authentication failed") &&
                                        ContainsSubstring("PGPASSWORD") &&
                                        !ContainsSubstring("secret"));
    url.replace(url.find("secret"), 6, "right");
    CHECK_NOTHROW(opening(url));
    CHECK_THROWS_WITH(migrate(*opening(url), system_now()),
                      ContainsSubstring("permission denied") &&
                          ContainsSubstring("migrate --grants") && !ContainsSubstring("right@"));
    CHECK_THROWS_WITH(opening(server.url() + "?sslmode=require"), ContainsSubstring("'sslmode'"));
    CHECK_THROWS_WITH(opening(server.url() + "?sslmod=require"),
                      ContainsSubstring("invalid") && ContainsSubstring("check 'warehouse.url'"));
    run_sql(server.url(), "DROP ROLE guarded");
}

TEST_CASE("a role that must not use the schema is told so", "[postgres]") {
    const OwnDatabase database;
    database.migrated();
    run_sql(database.url(), "CREATE ROLE stranger LOGIN PASSWORD 'right'");
    const auto warehouse =
        open_postgres_warehouse(database.url("stranger:right"), "tidemark", OpenMode::read_only);
    CHECK_THROWS_WITH(warehouse->schema(),
                      ContainsSubstring("permission denied for schema tidemark") &&
                          ContainsSubstring("migrate --grants"));
    run_sql(database.url(), "DROP ROLE stranger");
}

TEST_CASE("a connection that is cut between two batches is made anew", "[postgres]") {
    const OwnDatabase database;
    const auto warehouse = database.migrated();
    const auto lease = warehouse->lease(milliseconds{0});
    warehouse->write(foundation());
    const auto which = GENERATE(as<std::string>(), "true", holds_the_lock, "NOT " + holds_the_lock);
    database.cut(which);
    warehouse->write(new_executions({execution(1)}));
    CHECK_THROWS_AS(database.open()->lease(milliseconds{0}), LeaseHeld);
    database.cut(which);
    CHECK(warehouse->find(std::vector{guid(1)}).size() == 1);
}

TEST_CASE("a connection that is cut in the middle of a batch leaves it whole", "[postgres]") {
    const OwnDatabase database;
    const auto warehouse = database.migrated();
    warehouse->write(foundation());
    // cuts the connection that inserts the first execution, once
    database.run("CREATE SEQUENCE tidemark.cuts;"
                 " CREATE FUNCTION tidemark.cut() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                 " IF nextval('tidemark.cuts') = 1 THEN"
                 " PERFORM pg_terminate_backend(pg_backend_pid()); END IF; RETURN NEW; END $$;"
                 " CREATE TRIGGER cut AFTER INSERT ON tidemark.execution FOR EACH ROW"
                 " EXECUTE FUNCTION tidemark.cut()");
    auto row = execution(1);
    row.execution.logs = {log(1, "one"), log(2, "two")};
    warehouse->write(new_executions({row, execution(2)}));
    CHECK(database.run("SELECT last_value > 2 FROM tidemark.cuts") == "t");
    CHECK(rows_of(*warehouse, "execution").size() == 2);
    CHECK(rows_of(*warehouse, "execution_log").size() == 2);
}

TEST_CASE("a batch that loses against another transaction is repeated", "[postgres]") {
    const OwnDatabase database;
    const auto warehouse = database.migrated();
    warehouse->write(foundation());
    const std::string code = GENERATE("40001", "40P01");
    database.run(
        "CREATE SEQUENCE tidemark.losses;"
        " CREATE FUNCTION tidemark.lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " IF nextval('tidemark.losses') < 3 THEN RAISE EXCEPTION 'lost' USING ERRCODE = '" +
        code +
        "'; END IF; RETURN NEW; END $$;"
        " CREATE TRIGGER lose AFTER INSERT ON tidemark.execution FOR EACH ROW"
        " EXECUTE FUNCTION tidemark.lose()");
    warehouse->write(new_executions({execution(1)}));
    CHECK(rows_of(*warehouse, "execution").size() == 1);
}

TEST_CASE("a commit whose answer was lost is not made twice", "[postgres]") {
    const OwnDatabase database;
    const auto warehouse = database.migrated();
    warehouse->write(foundation());
    warehouse->write(new_executions({execution(1)}));
    // the batch is there already, and its first try fails for another reason
    database.run("CREATE SEQUENCE tidemark.losses;"
                 " CREATE FUNCTION tidemark.lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                 " IF nextval('tidemark.losses') = 1 THEN RAISE EXCEPTION 'lost' USING ERRCODE ="
                 " '40001'; END IF; RETURN NEW; END $$;"
                 " CREATE TRIGGER lose BEFORE INSERT ON tidemark.execution FOR EACH ROW"
                 " EXECUTE FUNCTION tidemark.lose()");
    CHECK_NOTHROW(warehouse->write(new_executions({execution(1)})));
    CHECK(rows_of(*warehouse, "execution").size() == 1);
    CHECK_THROWS_WITH(warehouse->write(new_executions({execution(1)})),
                      ContainsSubstring("duplicate key"));
}

TEST_CASE("lines are not added to a shape twice by a commit whose answer was lost", "[postgres]") {
    const OwnDatabase database;
    const auto warehouse = database.migrated();
    Batch batch = foundation();
    batch.new_executions = {execution(1)};
    warehouse->write(batch);

    Batch change;
    auto row = execution(1);
    row.execution.content_hash = 4711;
    row.changed_at = moment("2026-10-11 06:00:00.000000");
    change.changed_executions = {row};
    change.shape_lines = {{.job_key = 1,
                           .shape = {.organisation_key = 1,
                                     .shape_key = 7,
                                     .mask = "mask",
                                     .line_count = 2,
                                     .example = "mask",
                                     .execution_key = 1}}};
    warehouse->write(change);
    // the batch is there already, and its first try fails for another reason
    database.run("CREATE SEQUENCE tidemark.losses;"
                 " CREATE FUNCTION tidemark.lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                 " IF nextval('tidemark.losses') = 1 THEN RAISE EXCEPTION 'lost' USING ERRCODE ="
                 " '40001'; END IF; RETURN NEW; END $$;"
                 " CREATE TRIGGER lose BEFORE UPDATE ON tidemark.message_shape FOR EACH ROW"
                 " EXECUTE FUNCTION tidemark.lose()");
    warehouse->write(change);
    CHECK(database.run("SELECT last_value FROM tidemark.losses") == "1");
    CHECK(row_of(*warehouse, "message_shape").at("line_count") == "2");

    // another change of the same execution is none that was lost
    change.changed_executions[0].execution.content_hash = 4712;
    database.run("ALTER SEQUENCE tidemark.losses RESTART");
    warehouse->write(change);
    CHECK(row_of(*warehouse, "message_shape").at("line_count") == "4");
}

TEST_CASE("a lease that another sync took in between is not taken back", "[postgres]") {
    const OwnDatabase database;
    const auto warehouse = database.migrated();
    const auto lease = warehouse->lease(milliseconds{0});
    warehouse->write(foundation());
    database.cut(holds_the_lock);
    { const auto other = database.open()->lease(milliseconds{5000}); }
    CHECK_THROWS_WITH(warehouse->write(new_executions({execution(1)})),
                      ContainsSubstring("another sync took it"));
    CHECK(rows_of(*warehouse, "execution").empty());
}

TEST_CASE("a server that crashes and comes back ends in the same rows", "[postgres]") {
    PostgresServer server;
    const auto warehouse = open_postgres_warehouse(server.url(), "tidemark", OpenMode::create);
    migrate(*warehouse, system_now());
    const auto lease = warehouse->lease(milliseconds{0});
    warehouse->write(foundation());
    warehouse->write(new_executions({execution(1)}));
    server.kill();
    server.start();
    warehouse->write(new_executions({execution(2)}));
    CHECK(rows_of(*warehouse, "execution").size() == 2);
}

TEST_CASE("the printed grants are enough to load, and to read without writing", "[postgres]") {
    const OwnDatabase database;
    const bool migrated_before = GENERATE(true, false);
    if (migrated_before) database.migrated();
    const auto grants = postgres_grants(database.url(), "tidemark");
    database.run(grants);
    database.run(grants);
    database.run(
        "ALTER ROLE tidemark_loader PASSWORD 'l'; ALTER ROLE tidemark_reader PASSWORD 'r'");
    const auto with_password = [&](const std::string& role, const std::string& password) {
        return database.url(role + ":" + password);
    };
    {
        const auto loader = open_postgres_warehouse(with_password("tidemark_loader", "l"),
                                                    "tidemark", OpenMode::create);
        const auto lease = loader->lease(milliseconds{0});
        migrate(*loader, system_now());
        Batch batch = foundation();
        batch.new_executions = {execution(1)};
        batch.changed_executions = {execution(2)};
        loader->write(batch);
        loader->optimize();

        const auto reading = with_password("tidemark_reader", "r");
        const auto reader = open_postgres_warehouse(reading, "tidemark", OpenMode::read_only);
        for (const ViewFile& view : view_files_of(reader->dialect()))
            CHECK_NOTHROW(rows_of(*reader, view.name));
        CHECK(rows_of(*reader, "execution").size() == 2);
        const auto writer = open_postgres_warehouse(reading, "tidemark", OpenMode::create);
        CHECK_THROWS_WITH(writer->write(foundation()), ContainsSubstring("permission denied"));
    }
    database.run("DROP OWNED BY tidemark_loader CASCADE; DROP OWNED BY tidemark_reader CASCADE");
}

TEST_CASE("what others built on a view outlives a change of ours", "[postgres]") {
    const OwnDatabase database;
    const auto warehouse = database.migrated();
    database.run("CREATE VIEW tidemark.my_jobs AS SELECT job FROM tidemark.jobs");
    warehouse->define_views({}, "");
    migrate(*warehouse, system_now());
    CHECK(rows_of(*warehouse, "my_jobs").empty());
    const std::vector<ViewFile> changed{{.name = "jobs", .sql = "SELECT 1 AS one"}};
    CHECK_THROWS_WITH(warehouse->define_views(changed, "new"), ContainsSubstring("my_jobs"));
    database.run("DROP VIEW tidemark.my_jobs");
    CHECK_NOTHROW(warehouse->define_views(changed, "new"));
    CHECK(row_of(*warehouse, "jobs").at("one") == "1");
}

TEST_CASE("no view hands out a time zone, and every column is explained", "[postgres]") {
    const OwnDatabase database;
    database.migrated();
    CHECK(database.run(
              "SELECT count(*) FROM information_schema.columns c"
              " JOIN information_schema.views USING (table_schema, table_name)"
              " WHERE table_schema = 'tidemark' AND data_type = 'timestamp with time zone'") ==
          "0");
    CHECK(database.run("SELECT count(*) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
                       " WHERE c.relnamespace = 'tidemark'::regnamespace AND c.relkind = 'r'"
                       " AND attnum > 0 AND (col_description(c.oid, attnum) IS NULL"
                       " OR obj_description(c.oid) IS NULL)") == "0");
}
