#include "support/postgres_server.hpp"

#include <stdexcept>

// On Windows no test starts a server or ends one: it uses the one of Linux that is given to it.

namespace tidemark::test {

PostgresServer::PostgresServer() {
    throw std::runtime_error("TIDEMARK_TEST_SERVER names no note of a server");
}

void PostgresServer::kill() {}

} // namespace tidemark::test
