#include "simulator/command_line.hpp"
#include "simulator/dump.hpp"
#include "simulator/server.hpp"

#include <fmt/format.h>

#include <csignal>
#include <cstdio>
#include <exception>

namespace {

/// Kept from all threads, so that one of them can wait for a signal.
sigset_t hold_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    return signals;
}

void serve(const simulator::CommandLine& line) {
    const sigset_t signals = hold_signals();
    simulator::Simulator simulator{line.options, {line.now, line.ticking}, line.faults};
    const simulator::Server server{simulator, line.options.server};
    fmt::print("listening on {}\n", server.url());
    std::fflush(stdout);
    int signal = 0;
    sigwait(&signals, &signal);
}

int run(int argc, char** argv) {
    const auto line = simulator::read_command_line(argc, argv);
    if (line.exit_code >= 0) return line.exit_code;
    if (line.dump.empty()) {
        serve(line);
    } else {
        dump({line.options.organisation, line.now}, line.options.body, line.dump);
    }
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        fmt::print(stderr, "simulator: {}\n", error.what());
        return 1;
    }
}
