#include "platform/interrupt.hpp"

#include "error.hpp"
#include "platform/process.hpp"

#include <windows.h>

#include <atomic>
#include <csignal>
#include <string_view>
#include <thread>

namespace tidemark {
namespace {

// The system calls a handler in a thread of its own, which can reach nothing but a global.
std::atomic<int> noted = 0;
std::atomic<bool> notes = false;
std::atomic<int> cleanup_ms = 0;

constexpr std::string_view interrupted_message =
    "tidemark: interrupted; what was complete is stored, run it "
    "again for the rest\n";

/// Ctrl-C is SIGINT; Ctrl-Break, a console that closes and a machine that shuts down are SIGTERM.
int signal_of(DWORD event) { return event == CTRL_C_EVENT ? SIGINT : SIGTERM; }

[[noreturn]] void end(int signal, std::string_view line) {
    write_stderr(line);
    ExitProcess(static_cast<UINT>(128 + signal));
}

void end_after_cleanup(int signal) {
    if (cleanup_ms == 0) return;
    Sleep(static_cast<DWORD>(cleanup_ms.load()));
    end(signal, interrupted_message);
}

/// The system ends a program whose console closes as soon as its handler returns.
bool waits_for_handler(DWORD event) { return event != CTRL_C_EVENT && event != CTRL_BREAK_EVENT; }

BOOL WINAPI handle(DWORD event) {
    const int signal = signal_of(event);
    if (!notes || noted != 0) end(signal, "tidemark: interrupted\n");
    noted = signal;
    if (waits_for_handler(event)) {
        end_after_cleanup(signal);
        Sleep(INFINITE);
    }
    std::thread(end_after_cleanup, signal).detach();
    return TRUE;
}

} // namespace

void end_at_signals() {
    notes = false;
    SetConsoleCtrlHandler(handle, TRUE);
}

void note_signals(std::chrono::milliseconds cleanup_time) {
    noted = 0;
    cleanup_ms = static_cast<int>(cleanup_time.count());
    notes = true;
    SetConsoleCtrlHandler(handle, TRUE);
}

int noted_signal() { return noted; }

void stop_if_interrupted() {
    if (const int signal = noted_signal()) throw Interrupted(signal);
}

void ignore_signals_of_writing() {} // there are none

} // namespace tidemark
