#include "monitoring/ping.hpp"

#include "error.hpp"
#include "monitoring/outside_call.hpp"
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

} // namespace

std::optional<std::string> ping(const Config& config, std::string_view ending) {
    if (config.ping.url.empty()) return std::nullopt;
    const std::string host = origin_of(config.ping.url).value_or("ping.url");
    try {
        const auto error = call_with_timeout(config, {.url = with_ending(config.ping.url, ending)},
                                             config.ping.timeout);
        if (error) return fmt::format("cannot ping '{}': {}", host, *error);
    } catch (const Error& error) {
        return fmt::format("cannot ping '{}': {}", host, error.what());
    }
    return std::nullopt;
}

} // namespace tidemark
