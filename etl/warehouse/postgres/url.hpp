#pragma once

#include <string>
#include <string_view>

namespace tidemark::postgres {

/// The URL for messages, without a password at any place.
std::string without_secrets(std::string_view url);

/// Whether a password in the URL contains a character that must be percent-encoded, or an invalid
/// code. libpq would split such a URL at the wrong place, and its error message would contain the
/// parts.
bool has_unencoded_password(std::string_view url);

/// Whether the URL has a port that is not a number.
bool has_invalid_port(std::string_view url);

/// Adds an option to the URL, unless the URL has it already or libpq cannot parse it.
std::string with_option(std::string_view url, std::string_view name, std::string_view value);

} // namespace tidemark::postgres
