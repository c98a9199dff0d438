#pragma once

#include "simulator/simulator.hpp"

#include <memory>
#include <string>

namespace simulator {

/// The simulator on the network: 127.0.0.1 alone. Serves until it is destroyed.
class Server {
public:
    /// `port` 0: a free one. Throws std::runtime_error when it cannot be had.
    Server(Simulator& simulator, int port);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// `http://127.0.0.1:PORT`
    [[nodiscard]] std::string url() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace simulator
