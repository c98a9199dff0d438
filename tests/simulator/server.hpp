#pragma once

#include "simulator/simulator.hpp"

#include <memory>
#include <string>

namespace simulator {

/// The simulator on the network: 127.0.0.1 alone. Serves until it is destroyed.
class Server {
public:
    /// On `options.port`, where 0 is a free one; with a certificate over TLS. Throws
    /// std::runtime_error when it cannot be had.
    Server(Simulator& simulator, const ServerOptions& options);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// `http://127.0.0.1:PORT`, or `https`
    [[nodiscard]] std::string url() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace simulator
