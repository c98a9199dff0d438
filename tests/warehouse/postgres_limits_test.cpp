#include "error.hpp"
#include "support/catch.hpp"
#include "support/workspace.hpp"
#include "warehouse/own_database.hpp"
#include "warehouse/postgres/connection.hpp"
#include "warehouse/postgres/failure.hpp"

#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

using namespace tidemark;
using namespace tidemark::test;

TEST_CASE("a database that cannot hold every text is refused before anything is made",
          "[postgres]") {
    const std::string encoding = GENERATE("LATIN1", "WIN1252");
    run_sql_alone("CREATE DATABASE narrow TEMPLATE template0 LOCALE 'C' ENCODING '" + encoding +
                  "'");
    const Workspace workspace("https://gateway.example", postgres_server().url("narrow"));
    for (const std::vector<std::string>& command : std::vector<std::vector<std::string>>{
             {"sync", "--from", TIDEMARK_REPOSITORY "/tests/samples/night1"},
             {"migrate"},
             {"query", "jobs"}}) {
        const Ran ran = workspace.run(command);
        CHECK(ran.exit_code == 2);
        CHECK_THAT(ran.err, ContainsSubstring("has the encoding " + encoding) &&
                                ContainsSubstring("create the database with ENCODING 'UTF8'"));
    }
    const Ran check = workspace.run({"check"});
    CHECK(check.exit_code == 2);
    CHECK_THAT(check.out, ContainsSubstring("has the encoding " + encoding));
    CHECK(run_sql(postgres_server().url("narrow"),
                  "SELECT count(*) FROM pg_namespace WHERE nspname = 'tidemark'") == "0");
    run_sql_alone("DROP DATABASE narrow");
}

TEST_CASE("so many connections are enough, and a message says how many", "[postgres]") {
    const OwnDatabase database;
    const std::string night = TIDEMARK_REPOSITORY "/tests/samples/night1";
    run_sql(database.url(), "CREATE ROLE thrifty LOGIN PASSWORD 'right' CONNECTION LIMIT 3;"
                            " GRANT ALL ON SCHEMA public TO thrifty");
    run_sql(database.url(), "CREATE SCHEMA tidemark AUTHORIZATION thrifty");
    const Workspace workspace("https://gateway.example", database.url("thrifty:right"));
    CHECK(workspace.run({"sync", "--from", night}).exit_code == 0);
    CHECK(workspace.run({"attribute"}).exit_code == 0);
    const auto limit = [&](int connections) {
        run_sql(database.url(), fmt::format("ALTER ROLE thrifty CONNECTION LIMIT {}", connections));
    };
    const auto check = [&](const std::vector<std::string>& command) {
        CAPTURE(command);
        CHECK(workspace.run(command).exit_code == 0);
    };
    limit(1);
    check({"query", "fact_log"});
    check({"status"});
    check({"messages"});
    limit(2);
    check({"verify", "--from", night});
    check({"verify", "--offline"});
    const Ran ran = workspace.run({"sync", "--from", night});
    CHECK(ran.exit_code == 1);
    CHECK_THAT(ran.err, ContainsSubstring("too many connections for role \"thrifty\"") &&
                            ContainsSubstring("'tidemark sync' needs 3 connections"));
    run_sql(database.url(), "DROP OWNED BY thrifty CASCADE; DROP ROLE thrifty");
}

TEST_CASE("whoever is handed rows can use the warehouse, one within the other", "[postgres]") {
    const OwnDatabase database;
    const auto warehouse = database.migrated();
    warehouse->write(foundation());
    warehouse->write(new_executions({execution(1), execution(2)}));
    int seen = 0;
    const auto each = [&](const std::function<void()>& work) {
        warehouse->read("execution",
                        {.columns = [](const auto&) {}, .row = [&](const auto&) { work(); }});
    };
    each([&] {
        each([&] { each([&] { seen += static_cast<int>(warehouse->logs(1).size()) + 1; }); });
    });
    CHECK(seen == 8);
}

TEST_CASE("a server that vanished from the network is noticed within a minute", "[postgres]") {
    const auto option = [](postgres::Connection& connection, int name) {
        return connection.transact([&](pqxx::work& tx, int) {
            int value = 0;
            socklen_t size = sizeof value;
            CHECK(::getsockopt(tx.conn().sock(), IPPROTO_TCP, name, &value, &size) == 0);
            return value;
        });
    };
    postgres::Connection connection(postgres_server().url(), "tidemark", true);
    const int quiet = option(connection, TCP_KEEPIDLE);
    const int rounds = option(connection, TCP_KEEPINTVL) * option(connection, TCP_KEEPCNT);
    CHECK(quiet + rounds < 60); // while it owes an answer
    const int unanswered = option(connection, TCP_USER_TIMEOUT);
    CHECK(unanswered > 0); // and while we send: in milliseconds
    CHECK(unanswered < 60'000);
    postgres::Connection patient(postgres_server().url() + "?tcp_user_timeout=120000", "tidemark",
                                 true);
    CHECK(option(patient, TCP_USER_TIMEOUT) == 120'000);
}
