#pragma once

#include "sync/sync_log.hpp"

#include <memory>

namespace tidemark {

/// Progress on stderr: one line that is updated on a terminal, else one line for each job.
std::unique_ptr<Progress> make_sync_progress();

/// Prints nothing.
std::unique_ptr<Progress> make_quiet_progress();

} // namespace tidemark
