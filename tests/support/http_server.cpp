#include "support/http_server.hpp"

#include "simulator/lower_case.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <fstream>
#include <optional>
#include <stdexcept>

namespace tidemark::test {
namespace {

sockaddr* generic(sockaddr_in& address) {
    return static_cast<sockaddr*>(static_cast<void*>(&address));
}

int bind_loopback(int& port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (socket < 0 || ::bind(socket, generic(address), size) != 0 ||
        ::getsockname(socket, generic(address), &size) != 0) {
        throw std::runtime_error("cannot bind a loopback port");
    }
    port = ntohs(address.sin_port);
    return socket;
}

bool send_all(int socket, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void reset_on_close(int socket) {
    const linger now{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

/// The bytes up to the blank line; nullopt when the client goes.
std::optional<std::string> read_head(int socket) {
    std::string head;
    char c = 0;
    while (!head.ends_with("\r\n\r\n")) {
        if (::recv(socket, &c, 1, 0) <= 0) return std::nullopt;
        head += c;
    }
    return head;
}

/// The content of a request, whose length it says.
std::string read_content(int socket, const Asked& asked) {
    const auto length = asked.headers.find("content-length");
    if (length == asked.headers.end()) return "";
    std::string content(std::stoul(length->second), ' ');
    std::size_t read = 0;
    while (read < content.size()) {
        const ssize_t count = ::recv(socket, content.data() + read, content.size() - read, 0);
        if (count <= 0) break;
        read += static_cast<std::size_t>(count);
    }
    return content.substr(0, read);
}

void wait_until_gone(int socket) {
    char c = 0;
    while (::recv(socket, &c, 1, 0) > 0) {
    }
}

Asked parse(const std::string& head, int connection) {
    Asked asked{.connection = connection, .at = std::chrono::steady_clock::now()};
    const auto first = head.find(' ');
    const auto second = head.find(' ', first + 1);
    asked.method = head.substr(0, first);
    asked.path = head.substr(first + 1, second - first - 1);
    for (auto line = head.find("\r\n") + 2; line + 2 < head.size();) {
        const auto end = head.find("\r\n", line);
        const auto colon = head.find(": ", line);
        if (colon < end) {
            asked.headers[simulator::lower_case(head.substr(line, colon - line))] =
                head.substr(colon + 2, end - colon - 2);
        }
        line = end + 2;
    }
    return asked;
}

} // namespace

Reply respond(int status, const std::string& body, const std::string& header_lines) {
    return {"HTTP/1.1 " + std::to_string(status) + " Scripted\r\nContent-Length: " +
            std::to_string(body.size()) + "\r\n" + header_lines + "\r\n" + body};
}

HttpServer::HttpServer(Script script)
    : m_script(std::move(script)), m_listener(bind_loopback(m_port)) {
    ::listen(m_listener, 64);
    m_acceptor = std::jthread([this] { accept_all(); });
}

HttpServer::~HttpServer() {
    m_stopping = true;
    ::shutdown(m_listener, SHUT_RDWR);
    m_acceptor.join();
    for (const int socket : m_sockets)
        ::shutdown(socket, SHUT_RDWR);
    m_threads.clear();
    for (const int socket : m_sockets)
        ::close(socket);
    ::close(m_listener);
}

std::string HttpServer::url() const { return "http://127.0.0.1:" + std::to_string(m_port); }

std::vector<Asked> HttpServer::asked() const {
    const std::lock_guard lock(m_mutex);
    return m_asked;
}

int HttpServer::connections() const {
    const std::lock_guard lock(m_mutex);
    return static_cast<int>(m_sockets.size());
}

void HttpServer::accept_all() {
    while (!m_stopping) {
        const int socket = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0) continue;
        const std::lock_guard lock(m_mutex);
        m_sockets.push_back(socket);
        const int number = static_cast<int>(m_sockets.size());
        m_threads.emplace_back([this, socket, number] { serve(socket, number); });
    }
}

void HttpServer::serve(int socket, int number) {
    while (const auto head = read_head(socket)) {
        Asked asked = parse(*head, number);
        asked.body = read_content(socket, asked);
        {
            const std::lock_guard lock(m_mutex);
            m_asked.push_back(asked);
        }
        const Reply reply = m_script(asked);
        bool connected = send_all(socket, reply.bytes);
        const auto send_at_pace = [&](std::string_view bytes) {
            if (reply.pace.count() > 0) std::this_thread::sleep_for(reply.pace);
            return send_all(socket, bytes);
        };
        for (std::size_t i = 0; connected && i < reply.slow.size(); ++i)
            connected = send_at_pace(std::string_view{reply.slow}.substr(i, 1));
        while (connected && !reply.endless.empty())
            connected = send_at_pace(reply.endless);
        if (reply.then == Reply::Then::stay_silent) wait_until_gone(socket);
        if (reply.then == Reply::Then::keep && connected) continue;
        if (reply.then == Reply::Then::reset) {
            reset_on_close(socket);
            // closes at once, while its number stays taken until the server ends
            const int nothing = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
            ::dup3(nothing, socket, O_CLOEXEC);
            ::close(nothing);
        }
        ::shutdown(socket, SHUT_RDWR);
        return;
    }
}

ClosedPort::ClosedPort() : m_socket(bind_loopback(m_port)) {}

ClosedPort::~ClosedPort() { ::close(m_socket); }

std::string ClosedPort::url() const { return "http://127.0.0.1:" + std::to_string(m_port); }

SilentPort::SilentPort() : m_listener(bind_loopback(m_port)) {
    ::listen(m_listener, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(m_port));
    while (callers() < 1) {
        m_queued.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
        ::connect(m_queued.back(), generic(address), sizeof address);
    }
    m_own_callers = callers();
}

SilentPort::~SilentPort() {
    for (const int socket : m_queued)
        ::close(socket);
    ::close(m_listener);
}

bool SilentPort::has_caller() const { return callers() > m_own_callers; }

/// Counts the connections to it of which the first packet was not answered, as the system lists
/// them: their state is 02.
int SilentPort::callers() const {
    char wanted[32];
    std::snprintf(wanted, sizeof wanted, "0100007F:%04X 02", m_port);
    std::ifstream list("/proc/net/tcp");
    int count = 0;
    for (std::string line; std::getline(list, line);)
        count += line.find(wanted) != std::string::npos ? 1 : 0;
    return count;
}

} // namespace tidemark::test
