#pragma once

#include "config/config.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tidemark {

/// Tells a watcher such as healthchecks.io: GET of `[ping] url` with `/start` or `/fail` at its
/// end, or as it is after a success. Through the proxy and with the certificates of `[source]`,
/// never with its key. Takes at most `[ping] timeout`. Returns why it did not arrive: that is no
/// failure of a sync.
std::optional<std::string> ping(const Config& config, std::string_view ending);

} // namespace tidemark
