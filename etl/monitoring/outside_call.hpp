#pragma once

#include "config/config.hpp"
#include "source/http_client.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace tidemark {

/// Sends one request to somebody who watches: through the proxy and with the certificates of
/// `[source]`, never with its key, and without following a redirect. Returns why it did not arrive
/// within `patience`. Throws Interrupted when a signal was noted.
std::optional<std::string> call_with_timeout(const Config& config, HttpRequest request,
                                             std::chrono::seconds patience);

} // namespace tidemark
