#include "warehouse/postgres/url.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <memory>
#include <optional>

namespace tidemark::postgres {
namespace {

std::size_t authority_begin(std::string_view url) {
    const auto scheme = url.find("://");
    return scheme == std::string_view::npos ? 0 : scheme + 3;
}

/// Where `user:password@` ends, as libpq has it: at the last '@' before the path, even behind a
/// '?'.
std::size_t user_end(std::string_view url) {
    const auto begin = authority_begin(url);
    const auto at = url.substr(0, url.find('/', begin)).rfind('@');
    return at == std::string_view::npos || at < begin ? begin : at;
}

/// `user:password@` without its password. A password may hold a '/' that should have been encoded.
std::string without_password(std::string_view url) {
    const auto begin = authority_begin(url);
    auto at = user_end(url);
    if (at == begin) at = url.substr(0, url.find('?', begin)).rfind('@');
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

struct FreeOptions {
    void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};

/// What libpq finds in the URL, by the options' names; nullopt when it cannot take it apart.
std::optional<std::map<std::string, std::string>> options_in(std::string_view url) {
    const std::unique_ptr<PQconninfoOption, FreeOptions> parsed(
        PQconninfoParse(std::string(url).c_str(), nullptr));
    if (!parsed) return std::nullopt;
    std::map<std::string, std::string> options;
    for (const PQconninfoOption* option = parsed.get(); option->keyword != nullptr; ++option) {
        if (option->val != nullptr) options[option->keyword] = option->val;
    }
    return options;
}

/// Several hosts have as many ports, with commas in between.
bool is_port_list(std::string_view ports) {
    return std::ranges::all_of(ports, [](char c) { return is_digit(c) || c == ','; });
}

/// Whether the URL that libpq cannot take apart may be so for a character in its password.
bool breaks_at_password(std::string_view url) {
    url.remove_prefix(authority_begin(url));
    const auto authority = url.substr(0, url.find_first_of("/?"));
    const auto rest = url.substr(authority.size());
    const auto at = authority.find('@');
    if (at == std::string_view::npos) return rest.find('@') != std::string_view::npos;
    const auto question = std::min(rest.find('?'), rest.size());
    return !is_encoded(authority.substr(0, at)) || has_broken_option(rest.substr(question));
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
    auto options = options_in(url);
    if (!options) return breaks_at_password(url);
    const auto holds_at = [&](const char* option) {
        return (*options)[option].find('@') != std::string::npos;
    };
    return holds_at("host") || (has_invalid_port(url) && (holds_at("port") || holds_at("dbname")));
}

bool has_invalid_port(std::string_view url) {
    auto options = options_in(url);
    return options && !is_port_list((*options)["port"]);
}

std::string with_option(std::string_view url, std::string_view name, std::string_view value) {
    const auto options = options_in(url);
    if (!options || options->contains(std::string(name))) return std::string(url);
    const bool is_first = url.find('?', user_end(url)) == std::string_view::npos;
    const bool is_next = !is_first && !url.ends_with('?') && !url.ends_with('&');
    return fmt::format("{}{}{}={}", url, is_first ? "?" : is_next ? "&" : "", name, value);
}

} // namespace tidemark::postgres
