#pragma once

#include "source/http_client.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

/// What is known about a body before it is fetched, for the line that says why it could not be.
struct RequestContext {
    std::string method = "GET";
    std::string url;                  ///< without secrets
    std::string limit;                ///< how large it may be, and which key says so
    std::string when_missing;         ///< what a 404 may mean
    std::string key_place;            ///< where the key comes from
    std::string key_header;           ///< the name of the header that it goes into
    std::vector<std::string> secrets; ///< that no line may show, whoever put them there
};

/// Whether the server answers 401 or 403.
bool refuses_key(const HttpResponse& response);

/// Why a body could not be had after `tries` tries, and what to do about it: one line.
std::string failure_line(const HttpResponse& response, const RequestContext& context, int tries);

/// The same in a few words, without what to do about it: `could not resolve host`, `HTTP 503`.
std::string short_reason(const HttpResponse& response);

/// Why a body that was had cannot be used, as its reader says, and what to do about it: one line.
std::string refused_body_line(const HttpResponse& response, const RequestContext& context,
                              std::string_view why);

/// A server's plain or JSON error text in one line of at most 200 characters, ASCII alone and
/// without control characters. Empty for HTML.
std::string short_error_text(std::string_view body);

/// `text` with each of the secrets replaced by `***`.
std::string redacted(std::string text, const std::vector<std::string>& secrets);

} // namespace tidemark
