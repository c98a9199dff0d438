#pragma once

#include "config/config.hpp"
#include "source/http_client.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace tidemark {

/// Sends one request to a monitoring service, with the proxy and the certificates of `[source]` but
/// never with its key. Follows no redirect. Returns why it failed within `patience`; nullopt on
/// success. Throws Interrupted when a signal was noted.
std::optional<std::string> send_request(const Config& config, HttpRequest request,
                                        std::chrono::seconds patience);

/// Pings a monitoring service such as healthchecks.io: GET of `[ping] url` with `ending` (`/start`,
/// `/fail`, or "" after a success) at its end. See `send_request`; it takes at most `[ping]
/// timeout_s`. Returns why it failed, which does not fail a sync.
std::optional<std::string> ping(const Config& config, std::string_view ending);

} // namespace tidemark
