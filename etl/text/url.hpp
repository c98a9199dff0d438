#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {
/// Scheme, host and port (`https://host:443`): a secret is sent to its own origin only. nullopt
/// when `url` is no http or https URL.
std::optional<std::string> origin_of(const std::string& url);

/// The URL without user, password, query and fragment, for messages.
std::string without_secrets(const std::string& url);

/// The text between `://` and `@`, and the password in it: no error may show them.
std::vector<std::string> secrets_in(const std::string& url);

/// Why a URL cannot be the API's base URL, as the rest of a sentence (`must not hold a user or a
/// password`); nullopt when it can. The text never contains the URL.
std::optional<std::string> base_url_error(std::string_view url);

/// Whether a request to the URL is plain http and leaves this machine: the URL begins with
/// `http://`, and its host or the host of `proxy` (empty: none) is not loopback (localhost,
/// 127.0.0.0/8, [::1]).
bool is_open_http(std::string_view url, std::string_view proxy = "");

} // namespace tidemark
