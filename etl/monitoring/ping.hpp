#pragma once

#include "config/config.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tidemark {

/// Pings a monitoring service such as healthchecks.io: GET of `[ping] url` with `ending` (`/start`,
/// `/fail`, or "" after a success) at its end. See `call_with_timeout`; it takes at most `[ping]
/// timeout_s`. Returns why it failed, which does not fail a sync.
std::optional<std::string> ping(const Config& config, std::string_view ending);

} // namespace tidemark
