#include "source/request_error.hpp"

#include "source/key_mask.hpp"
#include "text/did_you_mean.hpp"
#include "text/url.hpp"
#include "text/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tidemark {
namespace {

constexpr std::size_t max_shown = 200;

char shown(char c) {
    if (is_control(c)) return ' ';
    return static_cast<unsigned char>(c) < 0x80 ? c : '?';
}

std::string one_line(std::string_view text) {
    std::string line;
    for (const char c : text) {
        const char next = shown(c);
        if (next == ' ' && (line.empty() || line.back() == ' ')) continue;
        line += next;
    }
    if (line.ends_with(' ')) line.pop_back();
    return line;
}

/// What the library says, without its full stop.
std::string detail_of(const HttpResponse& response) {
    std::string detail = one_line(response.detail);
    while (detail.ends_with('.'))
        detail.pop_back();
    return detail;
}

std::string status_text(const HttpResponse& response, const RequestContext& context) {
    const auto said = short_error_text(redacted(response.error_body, context.secrets));
    if (said.empty()) return fmt::format("HTTP {}", response.status);
    return fmt::format("HTTP {}, the server says '{}'", response.status, said);
}

bool was_redirected(const HttpResponse& response, const RequestContext& context) {
    return !response.url.empty() && without_secrets(response.url) != context.url;
}

/// `GET URL` or the like, and where it led to.
std::string request_text(const HttpResponse& response, const RequestContext& context) {
    if (!was_redirected(response, context)) return context.method + " " + context.url;
    return fmt::format("{} {}, redirected to {},", context.method, context.url,
                       without_secrets(response.url));
}

std::string status_advice(const HttpResponse& response, const RequestContext& context) {
    const int status = response.status;
    switch (status) {
    case 404:
    case 410:
        return was_redirected(response, context) ? "check 'source.base_url'" : context.when_missing;
    case 206:
        return "it is a part of the body, though all of it was asked for; check "
               "'source.proxy' and what else stands in between";
    case 407: return "check 'source.proxy'";
    case 429: return "lower 'source.max_concurrent_requests', or run it again later";
    default: break;
    }
    return status >= 500 || status == 408 || status == 425 ? "run it again later"
                                                           : "check 'source.base_url'";
}

std::string status_reason(const HttpResponse& response, const RequestContext& context) {
    return status_text(response, context) + "; " + status_advice(response, context);
}

std::string redirect_reason(const HttpResponse& response) {
    return fmt::format(
        "it redirects to another origin, '{}', where the key must not go; check 'source.base_url'",
        origin_of(response.redirect_url).value_or("one that is not http"));
}

std::string reason(const HttpResponse& response, const RequestContext& context) {
    const std::string detail = detail_of(response);
    switch (response.fault) {
    case Fault::none: return status_reason(response, context);
    case Fault::unresolved:
    case Fault::unreachable:
        return detail + "; check 'source.base_url', 'source.proxy' and the network";
    case Fault::timed_out:
        return detail + "; see 'source.connect_timeout_s' and 'source.stall_timeout_s'";
    case Fault::no_tls:
        return detail + "; check that 'source.base_url' is right about https, and 'source.proxy'";
    case Fault::broken_off: return detail + "; the response broke off, run it again later";
    case Fault::garbled:
        return "the body cannot be unpacked as its header 'Content-Encoding' says; check "
               "'source.proxy', or run it again later";
    case Fault::empty:
        return fmt::format("the body is empty (HTTP {}), where an array belongs; check "
                           "'source.base_url', or run it again later",
                           response.status);
    case Fault::cut_short: return "the body ends before its array does; run it again later";
    case Fault::untrusted:
        return detail + "; the server is not trusted, check 'source.base_url' and 'source.ca_file'";
    case Fault::foreign_redirect: return redirect_reason(response);
    case Fault::redirect_loop: return "too many redirects; check 'source.base_url'";
    case Fault::too_slow: return detail + "; run it again later, or raise 'source.stall_timeout_s'";
    case Fault::too_large: return "the body is larger than " + context.limit;
    case Fault::unusable: break;
    }
    return detail + "; check 'source.base_url' and 'source.proxy'";
}

std::string refused_key(const HttpResponse& response, const RequestContext& context) {
    const auto said = short_error_text(redacted(response.error_body, context.secrets));
    return fmt::format("the API refused the key (HTTP {}) at {}{}; check the key in {}, and "
                       "'source.api_key_header', which is '{}'",
                       response.status, request_text(response, context),
                       said.empty() ? "" : fmt::format(", it says '{}'", said), context.key_place,
                       context.key_header);
}

} // namespace

bool refuses_key(const HttpResponse& response) {
    return response.fault == Fault::none && (response.status == 401 || response.status == 403);
}

std::string failure_line(const HttpResponse& response, const RequestContext& context, int tries) {
    if (refuses_key(response)) return redacted(refused_key(response, context), context.secrets);
    const std::string effort = tries > 1 ? fmt::format(" failed {} times", tries) : " failed";
    return redacted(
        fmt::format("{}{}: {}", request_text(response, context), effort, reason(response, context)),
        context.secrets);
}

std::string short_reason(const HttpResponse& response) {
    switch (response.fault) {
    case Fault::none: return fmt::format("HTTP {}", response.status);
    case Fault::empty: return "the body is empty";
    case Fault::cut_short: return "the body ends before its array does";
    case Fault::garbled: return "the body cannot be unpacked";
    default: break;
    }
    std::string words = detail_of(response);
    words = words.substr(0, words.find(':')); // what follows names the host
    return lower_case(words.substr(0, 1)) + words.substr(std::min<std::size_t>(words.size(), 1));
}

std::string refused_body_line(const HttpResponse& response, const RequestContext& context,
                              std::string_view why) {
    return redacted(
        fmt::format("{} failed: HTTP {}, {}; check 'source.base_url' and 'source.proxy'",
                    request_text(response, context), response.status, why),
        context.secrets);
}

std::string short_error_text(std::string_view body) {
    std::string line = one_line(body);
    if (line.starts_with('<')) return {};
    if (line.size() > max_shown) line.replace(max_shown - 3, std::string::npos, "...");
    return line;
}

} // namespace tidemark
