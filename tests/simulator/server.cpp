#include "simulator/server.hpp"

#include "simulator/lower_case.hpp"
#include "simulator/sockets.hpp"
#include "simulator/transmission.hpp"

#include <fmt/format.h>
#include <httplib.h>

#include <chrono>
#include <stdexcept>
#include <thread>

namespace simulator {
namespace {

constexpr std::size_t most_connections = 64;
constexpr time_t patience_s = 3600; // with readers that pause

/// The system's own would hold megabytes of a body on the loopback that a client never reads, which
/// a real network's do not.
void keep_buffers_small(socket_t socket) {
    const int yes = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    const int bytes = 64 << 10;
    ::setsockopt(socket, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
}

Request to_request(const httplib::Request& from) {
    Request request{.method = from.method, .path = from.path};
    for (const auto& [name, value] : from.params)
        request.params[name] = value;
    for (const auto& [name, value] : from.headers)
        request.headers[lower_case(name)] = value;
    return request;
}

/// httplib itself would wait for the end of a body that has no length, such as `curl -X POST`'s.
std::string body_of(const httplib::Request& request, const httplib::ContentReader& reader) {
    std::string body;
    if (!request.has_header("Content-Length")) return body;
    reader([&](const char* data, std::size_t size) {
        body.append(data, size);
        return true;
    });
    return body;
}

/// What the client did wrong is told, whoever threw it.
template <typename Answer> Reply answered(Answer answer) {
    try {
        return answer();
    } catch (const std::invalid_argument& error) {
        return message_reply(400, error.what());
    }
}

std::unique_ptr<httplib::Server> make_server(const ServerOptions& options) {
    if (options.certificate.empty()) return std::make_unique<httplib::Server>();
    auto server = std::make_unique<httplib::SSLServer>(options.certificate.c_str(),
                                                       options.private_key.c_str());
    if (!server->is_valid()) throw std::runtime_error("cannot use the certificate or its key");
    return server;
}

} // namespace

struct Server::Impl {
    Impl(Simulator& of, const ServerOptions& options)
        : simulator(of),
          scheme(options.certificate.empty() ? "http" : "https"),
          owned(make_server(options)) {}

    void handle(const Request& request, httplib::Response& response, int client_port) {
        if (request.path.starts_with("/simulator/")) {
            const Reply reply = answered([&] { return simulator.control(request); });
            response.status = reply.status;
            return response.set_content(collect(reply.body), reply.type);
        }
        simulator.stats().begin(request.method, request.path, simulator.has_key(request));
        auto active = std::make_shared<ActiveRequest>(simulator.stats());
        transmit(answered([&] { return simulator.answer(request); }), response, std::move(active),
                 closing, client_port);
    }

    void configure() {
        server.Get(".*", [this](const httplib::Request& request, httplib::Response& response) {
            handle(to_request(request), response, request.remote_port);
        });
        server.Post(".*", [this](const httplib::Request& request, httplib::Response& response,
                                 const httplib::ContentReader& reader) {
            Request whole = to_request(request);
            whole.body = body_of(request, reader);
            handle(whole, response, request.remote_port);
        });
        server.set_socket_options(keep_buffers_small);
        server.set_tcp_nodelay(true);
        server.set_write_timeout(patience_s);
        server.set_keep_alive_max_count(1'000'000);
        server.new_task_queue = [] { return new httplib::ThreadPool(most_connections); };
    }

    void start(int wanted_port) {
        const bool any = wanted_port == 0;
        port = any ? server.bind_to_any_port("127.0.0.1") : wanted_port;
        if (port <= 0 || (!any && !server.bind_to_port("127.0.0.1", port))) {
            throw std::runtime_error(fmt::format("cannot listen on port {}", wanted_port));
        }
        thread = std::thread{[this] { server.listen_after_bind(); }};
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{10};
        while (!server.is_running()) {
            if (std::chrono::steady_clock::now() > until) {
                thread.join();
                throw std::runtime_error(fmt::format("cannot listen on port {}", port));
            }
            std::this_thread::sleep_for(std::chrono::milliseconds{1});
        }
    }

    void stop() {
        closing.begin();
        server.stop();
        shut_connections();
        thread.join();
    }

    Simulator& simulator;
    Closing closing;
    std::string scheme;
    std::unique_ptr<httplib::Server> owned;
    httplib::Server& server = *owned;
    int port = 0;
    std::thread thread;
};

Server::Server(Simulator& simulator, const ServerOptions& options)
    : m_impl(std::make_unique<Impl>(simulator, options)) {
    m_impl->configure();
    m_impl->start(options.port);
}

Server::~Server() { m_impl->stop(); }

std::string Server::url() const {
    return fmt::format("{}://127.0.0.1:{}", m_impl->scheme, m_impl->port);
}

} // namespace simulator
