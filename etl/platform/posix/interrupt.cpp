#include "platform/interrupt.hpp"

#include "error.hpp"

#include <sys/time.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <string_view>

namespace tidemark {
namespace {

// A signal handler can reach nothing but a global.
std::atomic<int> noted = 0;
std::atomic<int> cleanup_ms = 0;
static_assert(std::atomic<int>::is_always_lock_free);

constexpr std::string_view interrupted_message =
    "tidemark: interrupted; what was complete is stored, run it "
    "again for the rest\n";

void handle_signals(void (*handler)(int)) {
    std::signal(SIGINT, handler);
    std::signal(SIGTERM, handler);
    if (std::signal(SIGHUP, handler) == SIG_IGN) std::signal(SIGHUP, SIG_IGN);
}

int without_hangup(int signal) {
    if (signal == SIGHUP) return SIGTERM;
    return signal;
}

[[noreturn]] void end(int signal, std::string_view line) {
    [[maybe_unused]] const auto written = write(STDERR_FILENO, line.data(), line.size());
    std::_Exit(128 + signal);
}

extern "C" void end_now(int signal) { end(without_hangup(signal), "tidemark: interrupted\n"); }

extern "C" void end_cleanup(int /*alarm*/) { end(noted, interrupted_message); }

void start_clock() {
    const int ms = cleanup_ms;
    const itimerval once{.it_interval = {},
                         .it_value = {ms / 1000, static_cast<suseconds_t>(ms % 1000) * 1000}};
    setitimer(ITIMER_REAL, &once, nullptr); // of no effect for 0
}

extern "C" void note(int signal) {
    noted = without_hangup(signal);
    handle_signals(SIG_DFL);
    start_clock();
}

} // namespace

void end_at_signals() { handle_signals(end_now); }

void note_signals(std::chrono::milliseconds cleanup_time) {
    noted = 0;
    cleanup_ms = static_cast<int>(cleanup_time.count());
    handle_signals(note);
    if (cleanup_time.count() > 0) std::signal(SIGALRM, end_cleanup);
}

int noted_signal() { return noted; }

void stop_if_interrupted() {
    if (const int signal = noted_signal()) throw Interrupted(signal);
}

void ignore_signals_of_writing() {
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
}

} // namespace tidemark
