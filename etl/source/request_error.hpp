#pragma once

#include "source/http_client.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

/// What is known about a body before it is fetched, for the error text when that fails.
struct RequestContext {
    std::string method = "GET";
    std::string url;                  ///< without secrets
    std::string limit;                ///< its largest size, and the configuration key for it
    std::string when_missing;         ///< what a 404 may mean
    std::string key_place;            ///< where the key comes from
    std::string key_header;           ///< the name of the header that it goes into
    std::vector<std::string> secrets; ///< that no error text may show, wherever they come from
};

/// Whether the server answers 401 or 403.
bool refuses_key(const HttpResponse& response);

/// The error text for a body that could not be fetched in `tries` tries: one line with the reason
/// and a remedy.
std::string failure_line(const HttpResponse& response, const RequestContext& context, int tries);

/// Only the reason, in a few words: `could not resolve host`, `HTTP 503`.
std::string short_reason(const HttpResponse& response);

/// The error text for a body that was fetched and cannot be used: one line with the reason, `why`,
/// and a remedy.
std::string refused_body_line(const HttpResponse& response, const RequestContext& context,
                              std::string_view why);

/// The error text in a server's body, plain or JSON, as one line of at most 200 printable ASCII
/// characters. Empty for HTML.
std::string short_error_text(std::string_view body);

} // namespace tidemark
