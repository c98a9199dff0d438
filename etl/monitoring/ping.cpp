#include "monitoring/ping.hpp"

#include "error.hpp"
#include "platform/interrupt.hpp"
#include "source/http_client.hpp"
#include "text/url.hpp"

#include <fmt/format.h>

namespace tidemark {
namespace {

/// The path gets longer, the query stays.
std::string with_ending(const std::string& url, std::string_view ending) {
    const std::size_t query = std::min(url.find('?'), url.size());
    std::string path = url.substr(0, query);
    while (path.ends_with('/'))
        path.pop_back();
    return path + std::string{ending} + url.substr(query);
}

std::optional<std::string> outcome_of(const HttpResponse& response) {
    if (response.fault != Fault::none) return response.detail;
    if (response.status >= 200 && response.status < 300) return std::nullopt;
    return fmt::format("HTTP {}", response.status);
}

std::optional<std::string> get(const Config& config, const std::string& url) {
    using SteadyClock = std::chrono::steady_clock;
    HttpClient client({.connect_timeout = config.ping.timeout,
                       .stall_timeout = config.ping.timeout,
                       .proxy = config.source.proxy,
                       .ca_file = config.source.ca_file});
    constexpr std::uint64_t most_bytes = 64U << 10U;
    client.start({.url = url, .max_bytes = most_bytes, .on_bytes = [](auto) { return true; }});
    const auto until = SteadyClock::now() + config.ping.timeout;
    while (SteadyClock::now() < until) {
        stop_if_interrupted();
        const auto ended = client.wait(std::chrono::milliseconds{100});
        if (!ended.empty()) return outcome_of(ended.front());
    }
    return fmt::format("no answer within {} s", config.ping.timeout.count());
}

} // namespace

std::optional<std::string> ping(const Config& config, std::string_view ending) {
    if (config.ping.url.empty()) return std::nullopt;
    const std::string host = origin_of(config.ping.url).value_or("ping.url");
    try {
        const auto error = get(config, with_ending(config.ping.url, ending));
        if (error) return fmt::format("cannot ping '{}': {}", host, *error);
    } catch (const Error& error) {
        return fmt::format("cannot ping '{}': {}", host, error.what());
    }
    return std::nullopt;
}

} // namespace tidemark
