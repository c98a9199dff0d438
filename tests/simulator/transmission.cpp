#include "simulator/transmission.hpp"

#include "simulator/sockets.hpp"

#include <httplib.h>

namespace simulator {
namespace {

using std::chrono::milliseconds;

/// A reply under way. Its functions run on the connection's thread.
class Transmission {
public:
    Transmission(Reply reply, std::shared_ptr<ActiveRequest> active, Closing& closing,
                 int client_port)
        : m_reply(std::move(reply)),
          m_active(std::move(active)),
          m_closing(&closing),
          m_client_port(client_port) {}

    /// Sends the whole body. Returns false when the connection must be closed.
    bool run(httplib::DataSink& out) const {
        bool alive = true;
        m_reply.body([&](std::string_view piece) {
            alive = send(out, piece);
            return alive;
        });
        return alive && end(out);
    }

    [[nodiscard]] const Reply& reply() const { return m_reply; }

private:
    bool send(httplib::DataSink& out, std::string_view piece) const {
        if (m_reply.pace.count() > 0) return drip(out, piece);
        m_active->stats().sent(piece.size());
        return !m_closing->begun() && out.write(piece.data(), piece.size());
    }

    bool drip(httplib::DataSink& out, std::string_view piece) const {
        while (!piece.empty()) {
            const auto drop = piece.substr(0, m_reply.step);
            piece.remove_prefix(drop.size());
            m_active->stats().sent(drop.size());
            if (m_closing->wait_for(m_reply.pace) || !out.write(drop.data(), drop.size()))
                return false;
        }
        return true;
    }

    bool end(httplib::DataSink& out) const {
        switch (m_reply.ending) {
        case Ending::proper: return m_reply.framing != Framing::close;
        case Ending::cut: return false;
        case Ending::reset: reset_connection(m_client_port); return false;
        case Ending::stall:
            while (out.is_writable() && !m_closing->wait_for(milliseconds{20})) {
            }
            return false;
        }
        return false;
    }

    Reply m_reply;
    std::shared_ptr<ActiveRequest> m_active;
    Closing* m_closing;
    int m_client_port;
};

void send_chunked(httplib::Response& response, Transmission transmission) {
    const std::string type = transmission.reply().type;
    response.set_chunked_content_provider(
        type, [transmission = std::move(transmission)](std::size_t, httplib::DataSink& out) {
            if (!transmission.run(out)) return false;
            out.done();
            return true;
        });
}

void send_with_length(httplib::Response& response, Transmission transmission) {
    const std::string type = transmission.reply().type;
    const std::uint64_t length = size_of(transmission.reply().body) + transmission.reply().missing;
    if (length == 0) return response.set_content("", type);
    response.set_content_provider(
        length, type,
        [transmission = std::move(transmission)](std::size_t, std::size_t, httplib::DataSink& out) {
            return transmission.run(out);
        });
}

void send_until_close(httplib::Response& response, Transmission transmission) {
    const std::string type = transmission.reply().type;
    response.set_header("Connection", "close");
    response.set_content_provider(
        type, [transmission = std::move(transmission)](std::size_t, httplib::DataSink& out) {
            return transmission.run(out);
        });
}

} // namespace

void Closing::begin() {
    const std::lock_guard lock{m_mutex};
    m_begun = true;
    m_condition.notify_all();
}

bool Closing::begun() const {
    const std::lock_guard lock{m_mutex};
    return m_begun;
}

bool Closing::wait_for(milliseconds time) {
    std::unique_lock lock{m_mutex};
    return m_condition.wait_for(lock, time, [&] { return m_begun; });
}

void transmit(Reply reply, httplib::Response& response, std::shared_ptr<ActiveRequest> active,
              Closing& closing, int client_port) {
    closing.wait_for(reply.delay);
    response.status = reply.status;
    for (const auto& [name, value] : reply.headers)
        response.set_header(name, value);
    const Framing framing = reply.framing;
    Transmission transmission{std::move(reply), std::move(active), closing, client_port};
    switch (framing) {
    case Framing::chunked: return send_chunked(response, std::move(transmission));
    case Framing::length: return send_with_length(response, std::move(transmission));
    case Framing::close: return send_until_close(response, std::move(transmission));
    }
}

} // namespace simulator
