#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tidemark {

/// Why this cannot be the API's base URL, as the rest of a sentence (`must not hold a user or a
/// password`), never with the URL in it; nullopt when it can.
std::optional<std::string> base_url_error(std::string_view url);

/// Whether it is `http://` and leaves this machine: the URL, or the proxy that it is fetched
/// through (empty: none), names another host than loopback (localhost, 127.0.0.0/8, [::1]).
bool is_open_http(std::string_view url, std::string_view proxy = "");

} // namespace tidemark
