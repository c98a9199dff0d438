#pragma once

#include "config/config.hpp"
#include "source/http_client.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace tidemark {

/// Sends one request to a monitoring service, with the proxy and the certificates of `[source]` but
/// never with its key. Follows no redirect. Returns why it failed within `patience`; nullopt on
/// success. Throws Interrupted when a signal was noted.
std::optional<std::string> call_with_timeout(const Config& config, HttpRequest request,
                                             std::chrono::seconds patience);

} // namespace tidemark
