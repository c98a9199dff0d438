#include "warehouse/postgres/url.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

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

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_hex_digit(char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; }

/// Every '%' begins a code of two digits, which is not that of NUL.
bool is_encoded(std::string_view text) {
    for (auto at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1)) {
        const auto code = text.substr(at + 1, 2);
        if (code.size() < 2 || code == "00" || !std::ranges::all_of(code, is_hex_digit))
            return false;
    }
    return true;
}

bool has_broken_option(std::string_view options) {
    while (!options.empty()) {
        const auto option = options.substr(0, options.find('&'));
        if (!is_encoded(option)) return true;
        options.remove_prefix(std::min(option.size() + 1, options.size()));
    }
    return false;
}

bool is_secret(std::string_view option) {
    const auto name = option.substr(0, option.find('='));
    return name == "password" || name == "sslpassword" || name.find('%') != std::string_view::npos;
}

} // namespace

std::string without_secrets(std::string_view url) {
    std::string safe = without_password(url);
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

bool has_unencoded_password(std::string_view url) {
    url.remove_prefix(authority_begin(url));
    const auto authority = url.substr(0, url.find_first_of("/?#"));
    const auto rest = url.substr(authority.size());
    const auto at = authority.find('@');
    if (at == std::string_view::npos) {
        const auto colon = std::min(authority.find(':'), authority.size());
        return !authority.starts_with('[') && rest.find('@') != std::string_view::npos &&
               !std::ranges::all_of(authority.substr(std::min(colon + 1, authority.size())),
                                    is_digit);
    }
    if (authority.find('@', at + 1) != std::string_view::npos) return true;
    const auto question = std::min(rest.find('?'), rest.size());
    return !is_encoded(authority.substr(0, at)) || has_broken_option(rest.substr(question));
}

std::string with_option(std::string_view url, std::string_view name, std::string_view value) {
    const auto question = url.find('?');
    const auto assigned = fmt::format("{}=", name);
    if (question == std::string_view::npos) return fmt::format("{}?{}{}", url, assigned, value);
    if (url.find(assigned, question) != std::string_view::npos) return std::string(url);
    return fmt::format("{}&{}{}", url, assigned, value);
}

} // namespace tidemark::postgres
