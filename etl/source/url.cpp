#include "source/url.hpp"

#include "config/suggest.hpp"

#include <curl/curl.h>

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

} // namespace tidemark
