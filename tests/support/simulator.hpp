#pragma once

#include "support/program.hpp"

#include <string>
#include <vector>

namespace tidemark::test {

/// The simulator of the jobs API as a process; gone with this object.
class Simulator : public Process {
public:
    /// Further words of its command line; it listens on a free port and accepts `a-secret-key`.
    explicit Simulator(const std::vector<std::string>& arguments);

    [[nodiscard]] std::string url() const;

    /// Changes options, the clock, the folder or the faults while it runs: `options?order=newest`.
    void send(const std::string& path_and_query) const;

    /// Its statistics, as JSON text.
    [[nodiscard]] std::string stats() const;
};

} // namespace tidemark::test
