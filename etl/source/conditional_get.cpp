#include "source/conditional_get.hpp"

#include "model/time.hpp"

#include <algorithm>

namespace tidemark {
namespace {

constexpr std::chrono::seconds settled_after{60};
constexpr std::size_t longest = 1024;

bool fits_a_header(std::string_view value) {
    return !value.empty() && value.size() <= longest &&
           std::ranges::all_of(value, [](char c) { return c >= ' ' && c <= '~'; });
}

bool is_settled(const HttpResponse& response) {
    const auto modified = parse_http_date(response.last_modified);
    const auto sent = parse_http_date(response.date);
    return modified && sent && *sent - *modified >= settled_after;
}

} // namespace

BodyVersion version_of(const HttpResponse& response) {
    BodyVersion version;
    if (fits_a_header(response.etag)) version.tag = response.etag;
    if (fits_a_header(response.last_modified) && is_settled(response)) {
        version.date = response.last_modified;
    }
    return version;
}

std::vector<std::string> unless_of(const BodyVersion& version) {
    std::vector<std::string> headers;
    if (fits_a_header(version.tag)) headers.push_back("If-None-Match: " + version.tag);
    if (fits_a_header(version.date)) headers.push_back("If-Modified-Since: " + version.date);
    return headers;
}

} // namespace tidemark
