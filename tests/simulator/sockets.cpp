#include "simulator/sockets.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <optional>

namespace simulator {
namespace {

constexpr int most_files = 1024; // httplib waits with select, so it has no more

/// The port at the other end; nullopt when this is no TCP connection.
std::optional<int> client_port_of(int file) {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    void* const where = &address;
    if (getpeername(file, static_cast<sockaddr*>(where), &size) != 0) return std::nullopt;
    if (address.sin_family != AF_INET) return std::nullopt;
    return ntohs(address.sin_port);
}

} // namespace

void reset_connection(int client_port) {
    for (int file = 3; file < most_files; ++file) {
        if (client_port_of(file) != client_port) continue;
        const sockaddr nowhere{.sa_family = AF_UNSPEC, .sa_data = {}};
        connect(file, &nowhere, sizeof nowhere); // dissolves the connection with a reset
        return;
    }
}

void shut_connections() {
    for (int file = 3; file < most_files; ++file) {
        if (client_port_of(file)) shutdown(file, SHUT_RDWR);
    }
}

} // namespace simulator
