#include "monitoring/request.hpp"

#include "error.hpp"
#include "platform/interrupt.hpp"
#include "text/url.hpp"

#include <fmt/format.h>

#include <utility>

namespace tidemark {
namespace {

std::optional<std::string> outcome_of(const HttpResponse& response) {
    if (response.fault != Fault::none) return response.detail;
    if (response.status >= 200 && response.status < 300) return std::nullopt;
    return fmt::format("HTTP {}", response.status);
}

} // namespace

std::optional<std::string> send_request(const Config& config, HttpRequest request,
                                        std::chrono::seconds patience) {
    using SteadyClock = std::chrono::steady_clock;
    constexpr std::uint64_t most_bytes = 64U << 10U;
    HttpClient client({.connect_timeout = patience,
                       .stall_timeout = patience,
                       .proxy = config.source.proxy,
                       .ca_file = config.source.ca_file});
    request.max_bytes = most_bytes;
    request.on_bytes = [](auto) { return true; };
    client.start(std::move(request));
    const auto until = SteadyClock::now() + patience;
    while (SteadyClock::now() < until) {
        stop_if_interrupted();
        const auto ended = client.wait(std::chrono::milliseconds{100});
        if (!ended.empty()) return outcome_of(ended.front());
    }
    return fmt::format("no answer within {} s", patience.count());
}

namespace {

/// The path gets longer, the query stays.
std::string with_ending(const std::string& url, std::string_view ending) {
    const std::size_t query = std::min(url.find('?'), url.size());
    std::string path = url.substr(0, query);
    while (path.ends_with('/'))
        path.pop_back();
    return path + std::string{ending} + url.substr(query);
}

} // namespace

std::optional<std::string> ping(const Config& config, std::string_view ending) {
    if (config.ping.url.empty()) return std::nullopt;
    const std::string host = origin_of(config.ping.url).value_or("ping.url");
    try {
        const auto error = send_request(config, {.url = with_ending(config.ping.url, ending)},
                                        config.ping.timeout);
        if (error) return fmt::format("cannot ping '{}': {}", host, *error);
    } catch (const Error& error) {
        return fmt::format("cannot ping '{}': {}", host, error.what());
    }
    return std::nullopt;
}

} // namespace tidemark
