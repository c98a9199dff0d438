#pragma once

#include "sync/sync_log.hpp"

#include <memory>

namespace tidemark {

/// On a terminal a line that renews itself; otherwise a plain line per job. Both on stderr.
std::unique_ptr<Progress> make_sync_progress();

/// Says nothing.
std::unique_ptr<Progress> make_quiet_progress();

} // namespace tidemark
