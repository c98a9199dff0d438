#pragma once

#include <optional>
#include <string>
#include <vector>

namespace tidemark {

/// `https://host:443`: scheme, host and port, what a secret may be sent to. nullopt when `url` is
/// no http or https URL.
std::optional<std::string> origin_of(const std::string& url);

/// For people: without user, password, query and fragment.
std::string without_secrets(const std::string& url);

/// What stands between `://` and `@`, and the password alone: nobody may read it in an error.
std::vector<std::string> secrets_in(const std::string& url);

} // namespace tidemark
