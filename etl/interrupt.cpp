#include "interrupt.hpp"

#include "error.hpp"

#include <atomic>
#include <csignal>

namespace tidemark {
namespace {

// A signal handler can reach nothing but a global.
std::atomic<int> noted = 0;
static_assert(std::atomic<int>::is_always_lock_free);

extern "C" void note(int signal) {
    noted = signal;
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
}

} // namespace

void note_signals() {
    noted = 0;
    std::signal(SIGINT, note);
    std::signal(SIGTERM, note);
}

int noted_signal() { return noted; }

void stop_if_interrupted() {
    if (const int signal = noted_signal()) throw Interrupted(signal);
}

} // namespace tidemark
