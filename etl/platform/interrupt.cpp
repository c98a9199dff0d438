#include "platform/interrupt.hpp"

#include "error.hpp"

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <string_view>

#ifndef _WIN32
#include <sys/time.h>
#include <unistd.h>
#endif

namespace tidemark {
namespace {

// A signal handler can reach nothing but a global.
std::atomic<int> noted = 0;
std::atomic<int> tidying_ms = 0;
static_assert(std::atomic<int>::is_always_lock_free);

constexpr std::string_view farewell = "tidemark: interrupted; what was complete is stored, run it "
                                      "again for the rest\n";

void handle_signals(void (*handler)(int)) {
    std::signal(SIGINT, handler);
    std::signal(SIGTERM, handler);
#ifndef _WIN32
    if (std::signal(SIGHUP, handler) == SIG_IGN) std::signal(SIGHUP, SIG_IGN);
#endif
}

int without_hangup(int signal) {
#ifndef _WIN32
    if (signal == SIGHUP) return SIGTERM;
#endif
    return signal;
}

[[noreturn]] void end(int signal, std::string_view line) {
#ifndef _WIN32
    [[maybe_unused]] const auto written = write(STDERR_FILENO, line.data(), line.size());
#endif
    std::_Exit(128 + signal);
}

extern "C" void end_now(int signal) { end(without_hangup(signal), "tidemark: interrupted\n"); }

#ifndef _WIN32
extern "C" void end_tidying(int /*alarm*/) { end(noted, farewell); }

void start_clock() {
    const int ms = tidying_ms;
    const itimerval once{.it_interval = {},
                         .it_value = {ms / 1000, static_cast<suseconds_t>(ms % 1000) * 1000}};
    setitimer(ITIMER_REAL, &once, nullptr); // of no effect for 0
}
#endif

extern "C" void note(int signal) {
    noted = without_hangup(signal);
    handle_signals(SIG_DFL);
#ifndef _WIN32
    start_clock();
#endif
}

} // namespace

void end_at_signals() { handle_signals(end_now); }

void note_signals(std::chrono::milliseconds tidying) {
    noted = 0;
    tidying_ms = static_cast<int>(tidying.count());
    handle_signals(note);
#ifndef _WIN32
    if (tidying.count() > 0) std::signal(SIGALRM, end_tidying);
#endif
}

int noted_signal() { return noted; }

void stop_if_interrupted() {
    if (const int signal = noted_signal()) throw Interrupted(signal);
}

void ignore_signals_of_writing() {
#ifndef _WIN32
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
#endif
}

} // namespace tidemark
