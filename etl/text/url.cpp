#include "text/url.hpp"

#include "text/did_you_mean.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <memory>

namespace tidemark {
namespace {

struct Cleanup {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
    void operator()(char* text) const { curl_free(text); }
};
using Url = std::unique_ptr<CURLU, Cleanup>;

Url parse(const std::string& text) {
    Url url(curl_url());
    if (curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) return nullptr;
    return url;
}

std::string part(const Url& url, CURLUPart what, unsigned flags = 0) {
    char* text = nullptr;
    if (curl_url_get(url.get(), what, &text, flags) != CURLUE_OK) return {};
    return std::unique_ptr<char, Cleanup>(text).get();
}

} // namespace

std::optional<std::string> origin_of(const std::string& url) {
    const Url parsed = parse(url);
    if (!parsed) return std::nullopt;
    const std::string scheme = lower_case(part(parsed, CURLUPART_SCHEME));
    if (scheme != "http" && scheme != "https") return std::nullopt;
    return scheme + "://" + lower_case(part(parsed, CURLUPART_HOST)) + ":" +
           part(parsed, CURLUPART_PORT, CURLU_DEFAULT_PORT);
}

std::string without_secrets(const std::string& url) {
    const Url parsed = parse(url);
    if (!parsed) return "an unreadable URL";
    for (const auto what : {CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_OPTIONS, CURLUPART_QUERY,
                            CURLUPART_FRAGMENT}) {
        curl_url_set(parsed.get(), what, nullptr, 0);
    }
    return part(parsed, CURLUPART_URL);
}

std::vector<std::string> secrets_in(const std::string& url) {
    const auto scheme = url.find("://");
    const auto begin = scheme == std::string::npos ? 0 : scheme + 3;
    const auto at = url.substr(0, url.find('/', begin)).rfind('@');
    if (at == std::string::npos || at <= begin) return {};
    const std::string user_info = url.substr(begin, at - begin);
    const auto colon = user_info.find(':');
    if (colon == std::string::npos || colon + 1 == user_info.size()) return {user_info};
    return {user_info, user_info.substr(colon + 1)};
}

namespace {

constexpr std::string_view plain_scheme = "http://";
constexpr std::string_view secure_scheme = "https://";

bool begins_with(std::string_view url, std::string_view scheme) {
    return lower_case(url.substr(0, scheme.size())) == scheme;
}

/// Host and port, and whatever stands before them. A proxy may come without a scheme.
std::string_view authority_of(std::string_view url) {
    const std::size_t slashes = url.find("//");
    if (slashes != std::string_view::npos) url.remove_prefix(slashes + 2);
    return url.substr(0, url.find_first_of("/?#"));
}

std::size_t end_of_host(std::string_view authority) {
    if (!authority.starts_with('[')) return std::min(authority.find(':'), authority.size());
    const std::size_t bracket = authority.find(']');
    return bracket == std::string_view::npos ? authority.size() : bracket + 1;
}

/// A number up to `most` that is all of the text.
bool is_number(std::string_view text, unsigned most) {
    unsigned number = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    return error == std::errc{} && stop == end && number <= most;
}

/// `127.0.0.1`, but not the name `127.0.0.1.example`.
bool is_loopback_address(std::string_view host) {
    for (int part = 0; part < 3; ++part) {
        const std::size_t dot = host.find('.');
        if (dot == std::string_view::npos || !is_number(host.substr(0, dot), 255)) return false;
        if (part == 0 && host.substr(0, dot) != "127") return false;
        host.remove_prefix(dot + 1);
    }
    return is_number(host, 255);
}

bool is_loopback(std::string_view host) {
    return lower_case(host) == "localhost" || host == "[::1]" || is_loopback_address(host);
}

std::string_view host_of(std::string_view url) {
    std::string_view authority = authority_of(url);
    authority.remove_prefix(authority.rfind('@') + 1); // npos + 1 is 0
    return authority.substr(0, end_of_host(authority));
}

bool is_url_character(char c) { return c > ' ' && c < 0x7F && c != '\\'; }

/// Whether it goes on into the paths of the API, or all but does.
bool holds_call(std::string_view url) {
    const std::string path = lower_case(url.substr(0, url.find_last_not_of('/') + 1)) + '/';
    return path.find("/public/jobs/") != std::string::npos || path.ends_with("/public/");
}

bool is_port(std::string_view rest) {
    return rest.empty() || (rest.front() == ':' && is_number(rest.substr(1), 65535));
}

} // namespace

std::optional<std::string> base_url_error(std::string_view url) {
    if (!begins_with(url, plain_scheme) && !begins_with(url, secure_scheme)) {
        return "must begin with https:// or http://";
    }
    const std::string_view authority = authority_of(url);
    if (authority.find('@') != std::string_view::npos) {
        return "must not hold a user or a password (the key comes from 'source.api_key_env' or "
               "'source.api_key_file')";
    }
    if (!std::all_of(url.begin(), url.end(), is_url_character)) {
        return "must not hold spaces, backslashes or letters outside ASCII";
    }
    if (url.find_first_of("?#") != std::string_view::npos) {
        return "must end with the path, without a '?' or '#'";
    }
    const std::size_t host = end_of_host(authority);
    if (host == 0) return "must name a host";
    if (holds_call(url)) {
        return "must end before '/public/jobs', which is put behind it for each call";
    }
    if (!is_port(authority.substr(host))) return "must have a number up to 65535 as its port";
    return std::nullopt;
}

bool is_open_http(std::string_view url, std::string_view proxy) {
    if (!begins_with(url, plain_scheme)) return false;
    return !is_loopback(host_of(url)) || (!proxy.empty() && !is_loopback(host_of(proxy)));
}

} // namespace tidemark
