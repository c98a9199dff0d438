#pragma once

#include <string>
#include <string_view>

namespace tidemark::postgres {

/// The URL as people may see it: without the password, wherever it stands.
std::string without_secrets(std::string_view url);

/// Whether a password in the URL holds a character that must be percent-encoded there, or a broken
/// code. libpq takes such a URL apart in the wrong place and says so with the parts in its words.
bool has_unencoded_password(std::string_view url);

/// The URL with an option added, unless it sets that already or libpq cannot take it apart.
std::string with_option(std::string_view url, std::string_view name, std::string_view value);

} // namespace tidemark::postgres
