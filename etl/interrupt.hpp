#pragma once

namespace tidemark {

/// From now on SIGINT and SIGTERM are noted instead of ending the program; a second one ends it.
/// Forgets one that was noted before.
void note_signals();

/// The signal that was noted, or 0. Long work asks this between two steps.
int noted_signal();

/// Throws Interrupted when a signal was noted.
void stop_if_interrupted();

} // namespace tidemark
