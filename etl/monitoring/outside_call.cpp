#include "monitoring/outside_call.hpp"

#include "platform/interrupt.hpp"

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

std::optional<std::string> call_with_timeout(const Config& config, HttpRequest request,
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

} // namespace tidemark
