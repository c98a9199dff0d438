#pragma once

#include <algorithm>
#include <chrono>

namespace tidemark {

/// From now on SIGINT, SIGTERM and SIGHUP end the program at once, with a message and exit code 128
/// + signal. This is for work that a kill cannot harm. SIGHUP counts as SIGTERM; when it is ignored
/// already (nohup) it stays ignored.
void end_at_signals();

/// From now on the first of these signals is noted, and a second one ends the program. Clears a
/// signal that was noted before. When `cleanup_time` is not 0, the program is ended as above that
/// long after the first signal.
void note_signals(std::chrono::milliseconds cleanup_time = {});

/// The signal that was noted, or 0. Long-running work checks it between two steps.
int noted_signal();

/// Throws Interrupted when a signal was noted.
void stop_if_interrupted();

/// Waits for this time. Throws Interrupted soon after a signal was noted.
void wait_for(std::chrono::milliseconds time);

/// Calls `try_once` every `step` until it returns true, for at most `wait` and at least once.
/// Returns whether it did. Throws Interrupted soon after a signal was noted.
template <typename TryOnce>
bool poll_until(std::chrono::milliseconds wait, std::chrono::milliseconds step, TryOnce try_once) {
    using std::chrono::steady_clock;
    const auto until = steady_clock::now() + wait;
    while (!try_once()) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - steady_clock::now());
        if (left <= std::chrono::milliseconds{0}) return false;
        wait_for(std::min(left, step));
    }
    return true;
}

/// From now on writing to a pipe without a reader, or to a file at its size limit (`ulimit -f`),
/// fails with an error instead of ending the program.
void ignore_signals_of_writing();

} // namespace tidemark
