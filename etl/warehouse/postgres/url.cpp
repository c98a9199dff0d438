#include "warehouse/postgres/url.hpp"

#include <fmt/format.h>

namespace tidemark::postgres {
namespace {

std::size_t authority_begin(std::string_view url) {
    const auto scheme = url.find("://");
    return scheme == std::string_view::npos ? 0 : scheme + 3;
}

/// `user:password@` without its password. A password may hold an '@' that should have been encoded,
/// so the last one before the path counts.
std::string without_password(std::string_view url) {
    const auto begin = authority_begin(url);
    const auto end = std::min(url.find_first_of("?#", begin), url.size());
    const auto path = std::min(url.find('/', begin), end);
    auto at = url.substr(0, path).rfind('@');
    if (at == std::string_view::npos || at < begin) at = url.substr(0, end).rfind('@');
    if (at == std::string_view::npos || at < begin) return std::string(url);
    const auto colon = url.find(':', begin);
    if (colon > at) return std::string(url);
    return fmt::format("{}{}", url.substr(0, colon), url.substr(at));
}

bool is_secret(std::string_view option) {
    const auto name = option.substr(0, option.find('='));
    return name == "password" || name == "sslpassword" || name.find('%') != std::string_view::npos;
}

} // namespace

std::string without_secrets(std::string_view url) {
    const std::string safe = without_password(url);
    const auto question = safe.find('?');
    if (question == std::string::npos) return safe;
    std::string kept = safe.substr(0, question);
    char separator = '?';
    for (std::string_view rest = std::string_view{safe}.substr(question + 1); !rest.empty();) {
        const auto end = std::min(rest.find('&'), rest.size());
        if (!is_secret(rest.substr(0, end))) {
            kept += separator;
            kept += rest.substr(0, end);
            separator = '&';
        }
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return kept;
}

std::string with_option(std::string_view url, std::string_view name, std::string_view value) {
    const auto question = url.find('?');
    const auto assigned = fmt::format("{}=", name);
    if (question == std::string_view::npos) return fmt::format("{}?{}{}", url, assigned, value);
    if (url.find(assigned, question) != std::string_view::npos) return std::string(url);
    return fmt::format("{}&{}{}", url, assigned, value);
}

} // namespace tidemark::postgres
