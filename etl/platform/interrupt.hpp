#pragma once

#include <chrono>

namespace tidemark {

/// From now on SIGINT, SIGTERM and SIGHUP end the program at once, with a line and exit code
/// 128 + signal: right for work that a kill cannot harm. SIGHUP counts as SIGTERM, and stays
/// ignored where it was (nohup).
void end_at_signals();

/// From now on they are noted instead of ending the program; a second one ends it. Forgets one that
/// was noted before. A program that is still there when `cleanup_time` is over is ended as above;
/// by default it may take its time.
void note_signals(std::chrono::milliseconds cleanup_time = {});

/// The signal that was noted, or 0. Long work asks this between two steps.
int noted_signal();

/// Throws Interrupted when a signal was noted.
void stop_if_interrupted();

/// Waits for so long. Throws Interrupted when a signal was noted, at the latest a moment after it
/// came.
void wait_for(std::chrono::milliseconds time);

/// A pipe that nobody reads any more and a file that reached its limit (`ulimit -f`) become errors
/// of the write instead of ending the program.
void ignore_signals_of_writing();

} // namespace tidemark
