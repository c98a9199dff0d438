#include "support/postgres_server.hpp"

#include "warehouse/postgres/pqxx.ipp"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <utility>

// libpqxx 6.4 loses the last answer of a connection that is cut, before it owns it.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:libpqxx-6.4"; }

namespace tidemark::test {

PostgresServer::PostgresServer(const std::filesystem::path& note) {
    std::ifstream in(note);
    std::string folder;
    if (!std::getline(in, folder) || !(in >> m_port))
        throw std::runtime_error("no server is noted in " + note.string());
    m_folder = folder;
    const std::string database = "tests_" + std::to_string(getpid());
    run_sql_alone("DROP DATABASE IF EXISTS " + database, *this);
    run_sql_alone("CREATE DATABASE " + database, *this);
    m_database = database;
    m_owner = getpid();
}

PostgresServer::~PostgresServer() {
    if (getpid() != m_owner) return;
    try {
        if (m_own) {
            kill();
            return;
        }
        // hundreds of them take longer to remove together, when the server is gone
        const std::string database = std::exchange(m_database, "postgres");
        run_sql_alone("DROP DATABASE " + database + " WITH (FORCE)", *this);
    } catch (const std::exception&) {
        // it is gone already
    }
}

std::string PostgresServer::url(const std::string& database, const std::string& user) const {
    return "postgresql://" + user + "@127.0.0.1:" + std::to_string(m_port) + "/" +
           (database.empty() ? m_database : database);
}

std::string run_sql(const std::string& url, const std::string& sql) {
    pqxx::connection connection(url);
    postgres::set_up(connection);
    pqxx::work tx(connection);
    const auto result = postgres::exec(tx, sql);
    const std::string value = result.empty() ? "" : result[0][0].c_str();
    tx.commit();
    return value;
}

void run_sql_alone(const std::string& sql, const PostgresServer& server) {
    pqxx::connection connection(server.url());
    pqxx::nontransaction(connection).exec(sql);
}

PostgresServer& postgres_server() {
    static const auto server = [] {
        const char* note = std::getenv("TIDEMARK_TEST_SERVER");
        return note ? std::make_unique<PostgresServer>(std::filesystem::path(note))
                    : std::make_unique<PostgresServer>();
    }();
    return *server;
}

} // namespace tidemark::test
