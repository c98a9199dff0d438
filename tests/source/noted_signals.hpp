#pragma once

#include "platform/interrupt.hpp"

#include <csignal>

namespace tidemark::source_test {

/// Signals are noted while it lives, and do what they always did afterwards.
struct NotedSignals {
    NotedSignals() { note_signals(); }
    ~NotedSignals() {
        note_signals();
        std::signal(SIGINT, SIG_DFL);
        std::signal(SIGTERM, SIG_DFL);
    }
    NotedSignals(const NotedSignals&) = delete;
    NotedSignals& operator=(const NotedSignals&) = delete;
};

} // namespace tidemark::source_test
