#include "support/postgres_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pwd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <vector>

// The server as a process of this system; tests/windows/given_server.cpp is the twin.

namespace tidemark::test {
namespace {

namespace fs = std::filesystem;

/// The folder of the newest server's programs; empty when there is none.
fs::path programs() {
    fs::path newest;
    std::error_code none;
    for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", none)) {
        const auto folder = version.path() / "bin";
        if (fs::exists(folder / "initdb") && folder > newest) newest = folder;
    }
    return newest;
}

int free_port() {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = static_cast<sockaddr*>(static_cast<void*>(&address));
    if (::bind(socket, generic, size) != 0 || ::getsockname(socket, generic, &size) != 0)
        throw std::runtime_error("cannot bind a loopback port");
    ::close(socket);
    return ntohs(address.sin_port);
}

/// Runs a program to its end, as the user `postgres` where this is root, its output in a file.
void run(std::vector<std::string> words, const fs::path& log) {
    if (geteuid() == 0) words.insert(words.begin(), {"runuser", "-u", "postgres", "--"});
    std::vector<char*> arguments;
    for (std::string& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const pid_t child = fork();
    if (child == 0) {
        if (std::freopen(log.c_str(), "a", stdout) == nullptr) _exit(126);
        dup2(fileno(stdout), STDERR_FILENO);
        if (chdir("/") != 0) _exit(126);
        execvp(arguments.front(), arguments.data());
        _exit(127);
    }
    int status = 0;
    waitpid(child, &status, 0);
    if (status == 0) return;
    std::ifstream in(log);
    throw std::runtime_error(words.back() + ": " +
                             std::string{std::istreambuf_iterator<char>(in), {}});
}

void give_to_postgres(const fs::path& folder) {
    const passwd* user = getpwnam("postgres");
    if (geteuid() != 0) return;
    if (user == nullptr || chown(folder.c_str(), user->pw_uid, user->pw_gid) != 0)
        throw std::runtime_error("there is no user 'postgres' to run a server as");
}

} // namespace

PostgresServer::PostgresServer()
    : m_own(TemporaryFolder{}), m_folder(m_own->path()), m_port(free_port()), m_owner(getpid()) {
    give_to_postgres(m_folder);
    initialise();
    start();
}

void PostgresServer::start_shared(const fs::path& note) {
    stop_shared(note);
    PostgresServer server;
    std::ofstream(note) << server.m_folder.string() << '\n' << server.m_port << '\n';
    server.m_own->keep();
    server.m_owner = 0;
}

void PostgresServer::stop_shared(const fs::path& note) {
    std::ifstream in(note);
    std::string folder;
    if (!std::getline(in, folder)) return;
    const std::vector<std::string> stop = {
        programs() / "pg_ctl", "stop", "--wait",        "--silent",
        "--mode=immediate",    "-D",   folder + "/data"};
    if (fs::exists(folder + "/data/postmaster.pid")) run(stop, "/dev/null");
    fs::remove_all(folder);
    fs::remove(note);
}

void PostgresServer::initialise() {
    run({programs() / "initdb", "--no-sync", "--auth=trust", "--username=postgres",
         "--encoding=UTF8", "--locale=C.UTF-8", "-D", m_folder / "data"},
        "/dev/null");
    std::ofstream(m_folder / "data/postgresql.conf", std::ios::app)
        << "fsync = off\nlisten_addresses = '127.0.0.1'\nport = " << m_port
        << "\nunix_socket_directories = '" << m_folder.string()
        << "'\nmax_connections = 60\nshared_buffers = 64MB\nautovacuum = off\n";
    std::ofstream(m_folder / "data/pg_hba.conf") << "local all all trust\n"
                                                    "host all postgres 127.0.0.1/32 trust\n"
                                                    "host all all 127.0.0.1/32 scram-sha-256\n";
}

void PostgresServer::start() {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{60};
    for (;;) {
        try {
            return run({programs() / "pg_ctl", "start", "--wait", "--silent", "-D",
                        m_folder / "data", "-l", m_folder / "server.log"},
                       "/dev/null");
        } catch (const std::runtime_error&) {
            if (std::chrono::steady_clock::now() > until) throw;
        }
    }
}

void PostgresServer::kill_first_process() const {
    std::ifstream in(m_folder / "data/postmaster.pid");
    pid_t server = 0;
    if (in >> server) ::kill(server, SIGKILL);
}

void PostgresServer::kill() {
    std::ifstream in(m_folder / "data/postmaster.pid");
    pid_t server = 0;
    if (!(in >> server)) return;
    run({programs() / "pg_ctl", "stop", "--wait", "--silent", "--mode=immediate", "-D",
         m_folder / "data"},
        "/dev/null");
}

} // namespace tidemark::test
