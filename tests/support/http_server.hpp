#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace tidemark::test {

/// A request as it came.
struct Asked {
    std::string method;
    std::string path;
    std::map<std::string, std::string> headers; ///< names in lower case
    std::string body;
    int connection = 0; ///< the connection's number, from 1
    std::chrono::steady_clock::time_point at;
};

/// What goes back, byte for byte, and what becomes of the connection then.
struct Reply {
    enum class Then { keep, close, reset, stay_silent };

    std::string bytes;
    Then then = Then::keep;
    std::string endless = {};          ///< sent again and again until the client goes
    std::string slow = {};             ///< sent byte by byte, before what is endless
    std::chrono::milliseconds pace{0}; ///< before each byte of `slow`, and each time of `endless`
};

/// A response with its length.
Reply respond(int status, const std::string& body, const std::string& header_lines = "");

/// A server on the loopback that answers as it is told, misbehaviour included: raw sockets, one
/// thread per connection.
class HttpServer {
public:
    /// Called from several threads at a time.
    using Script = std::function<Reply(const Asked&)>;

    explicit HttpServer(Script script);
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    [[nodiscard]] std::string url() const;
    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] std::vector<Asked> asked() const;
    [[nodiscard]] int connections() const;

private:
    void accept_all();
    void serve(int socket, int number);

    Script m_script;
    int m_port = 0;
    int m_listener;
    std::atomic<bool> m_stopping = false;
    mutable std::mutex m_mutex;
    std::vector<Asked> m_asked;
    std::vector<int> m_sockets;
    std::vector<std::jthread> m_threads;
    std::jthread m_acceptor;
};

/// A loopback port at which nobody listens for as long as this lives.
class ClosedPort {
public:
    ClosedPort();
    ~ClosedPort();
    ClosedPort(const ClosedPort&) = delete;
    ClosedPort& operator=(const ClosedPort&) = delete;

    [[nodiscard]] std::string url() const;

private:
    int m_port = 0;
    int m_socket;
};

/// A loopback port that never answers, as behind a firewall: its queue of connections is full.
class SilentPort {
public:
    SilentPort();
    ~SilentPort();
    SilentPort(const SilentPort&) = delete;
    SilentPort& operator=(const SilentPort&) = delete;

    [[nodiscard]] int port() const { return m_port; }

    /// Whether somebody is trying to connect, besides those that fill the queue.
    [[nodiscard]] bool has_caller() const;

private:
    [[nodiscard]] int callers() const;

    int m_port = 0;
    int m_listener;
    std::vector<int> m_queued;
    int m_own_callers = 0; ///< of the queued ones, those that it no longer takes
};

} // namespace tidemark::test
