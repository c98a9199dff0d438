#include "error.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/postgres_server.hpp"
#include "support/program.hpp"
#include "support/skip.hpp"
#include "support/temporary_folder.hpp"
#include "warehouse/migration.hpp"
#include "warehouse/postgres/warehouse.hpp"

#include <fmt/format.h>
#include <pwd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <memory>

using namespace tidemark;
using namespace tidemark::test;
using std::chrono::milliseconds;

namespace {

constexpr const char* pgbouncer = "/usr/sbin/pgbouncer";

/// A socket's file is there a moment before anything listens on it.
bool takes_connections(const std::filesystem::path& file) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    file.string().copy(static_cast<char*>(address.sun_path), sizeof address.sun_path - 1);
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto* generic = static_cast<const sockaddr*>(static_cast<const void*>(&address));
    const bool taken = ::connect(socket, generic, sizeof address) == 0;
    ::close(socket);
    return taken;
}

/// PgBouncer in front of the tests' server, with a pool in this mode.
class Pooler {
public:
    explicit Pooler(const std::string& mode) {
        const std::string server = postgres_server().url();
        const auto colon = server.rfind(':');
        const auto slash = server.rfind('/');
        const std::string port = server.substr(colon + 1, slash - colon - 1);
        write_file(
            m_folder / "pgbouncer.ini",
            fmt::format("[databases]\npostgres = host=127.0.0.1 port={} dbname={} user=postgres\n"
                        "[pgbouncer]\nlisten_addr =\nlisten_port = 6432\n"
                        "unix_socket_dir = {}\nauth_type = any\npool_mode = {}\n",
                        port, server.substr(slash + 1), m_folder.path().string(), mode));
        start();
    }

    [[nodiscard]] std::string url() const {
        return "postgresql:///postgres?user=postgres&port=6432&host=" + m_folder.path().string();
    }

private:
    void start() {
        const auto command =
            fmt::format("exec {} {} 2>&1", pgbouncer, (m_folder / "pgbouncer.ini").string());
        std::vector<std::string> words = {"/bin/sh", "-c", command};
        if (geteuid() == 0) {
            const passwd* user = getpwnam("postgres");
            if (user == nullptr || chown(m_folder.path().c_str(), user->pw_uid, user->pw_gid) != 0)
                throw Error("there is no user 'postgres' to run PgBouncer as");
            words.insert(words.begin(), {"/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres",
                                         "--clear-groups"});
        }
        m_process = std::make_unique<Process>(words);
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{20};
        while (!takes_connections(m_folder / ".s.PGSQL.6432"))
            if (std::chrono::steady_clock::now() > until) throw Error("PgBouncer does not start");
    }

    TemporaryFolder m_folder;
    std::unique_ptr<Process> m_process;
};

bool is_installed() {
    if (std::filesystem::exists(pgbouncer)) return true;
    skip_case("PgBouncer is not installed");
    return false;
}

} // namespace

TEST_CASE("a pool in transaction mode is refused before anything is locked", "[postgres]") {
    if (!is_installed()) return;
    const Pooler pooler("transaction");
    const auto warehouse = open_postgres_warehouse(pooler.url(), "pooled", OpenMode::create);
    CHECK_THROWS_WITH(warehouse->lease(milliseconds{0}),
                      ContainsSubstring("PgBouncer in transaction mode") &&
                          ContainsSubstring("a pool in session mode"));
    CHECK(run_sql(postgres_server().url(),
                  "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database ="
                  " (SELECT oid FROM pg_database WHERE datname = 'postgres')") == "0");
}

TEST_CASE("a pool in session mode serves", "[postgres]") {
    if (!is_installed()) return;
    const Pooler pooler("session");
    {
        const auto warehouse = open_postgres_warehouse(pooler.url(), "pooled", OpenMode::create);
        const auto lease = warehouse->lease(milliseconds{0});
        migrate(*warehouse, system_now());
        CHECK(warehouse->schema().kind == SchemaKind::ours);
    }
    run_sql(postgres_server().url(), "DROP SCHEMA pooled CASCADE");
}
