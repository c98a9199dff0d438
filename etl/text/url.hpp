#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {
/// `https://host:443`: scheme, host and port, what a secret may be sent to. nullopt when `url` is
/// no http or https URL.
std::optional<std::string> origin_of(const std::string& url);

/// For people: without user, password, query and fragment.
std::string without_secrets(const std::string& url);

/// What stands between `://` and `@`, and the password alone: nobody may read it in an error.
std::vector<std::string> secrets_in(const std::string& url);

/// Why this cannot be the API's base URL, as the rest of a sentence (`must not hold a user or a
/// password`), never with the URL in it; nullopt when it can.
std::optional<std::string> base_url_error(std::string_view url);

/// Whether it is `http://` and leaves this machine: the URL, or the proxy that it is fetched
/// through (empty: none), names another host than loopback (localhost, 127.0.0.0/8, [::1]).
bool is_open_http(std::string_view url, std::string_view proxy = "");

} // namespace tidemark
