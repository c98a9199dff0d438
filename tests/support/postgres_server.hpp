#pragma once

#include "support/temporary_folder.hpp"

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>

namespace tidemark::test {

/// A PostgreSQL server of this process's own in a temporary folder, gone with everything in it when
/// the process ends. It listens on a loopback port; its superuser is `postgres`, who needs no
/// password, while every other role does. Started as the user `postgres` where root runs the tests,
/// because the server refuses to be root.
class PostgresServer {
public:
    /// Throws std::runtime_error when PostgreSQL is not installed or does not start.
    PostgresServer();

    /// The one that `start_shared` left running, in which this process gets a database of its own.
    explicit PostgresServer(const std::filesystem::path& note);
    ~PostgresServer();

    /// Leaves a server running for other processes, and notes where in a file. Ends the one that
    /// is noted there already.
    static void start_shared(const std::filesystem::path& note);
    static void stop_shared(const std::filesystem::path& note);

    PostgresServer(const PostgresServer&) = delete;
    PostgresServer& operator=(const PostgresServer&) = delete;

    /// `postgresql://user@127.0.0.1:port/database`; without one, this process's own.
    [[nodiscard]] std::string url(const std::string& database = "",
                                  const std::string& user = "postgres") const;
    [[nodiscard]] int port() const { return m_port; }

    /// Starts it again after it was killed, and returns when it takes connections. Waits for what
    /// is left of the killed one to end.
    void start();

    /// Ends it as a crash of the machine would.
    void kill();

    /// Kills its first process with SIGKILL; the others notice, and end by themselves.
    void kill_first_process() const;

    /// Its folder, which its programs may write to.
    [[nodiscard]] const std::filesystem::path& folder() const { return m_folder; }

private:
    void initialise();

    std::optional<TemporaryFolder> m_own; ///< gone with the server
    std::filesystem::path m_folder;
    std::string m_database = "postgres";
    int m_port = 0;
    pid_t m_owner = 0; ///< the process that ends it, or its own database: a forked one does not
};

/// The server of this process, started when it is first asked for; the shared one whose note
/// TIDEMARK_TEST_SERVER names.
PostgresServer& postgres_server();

/// Runs SQL over a connection of its own; returns the first value of the last result, as text.
std::string run_sql(const std::string& url, const std::string& sql);

/// The same outside of a transaction, in a server's database `postgres`.
void run_sql_alone(const std::string& sql, const PostgresServer& server = postgres_server());

} // namespace tidemark::test
