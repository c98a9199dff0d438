#include "sync/read_settings.hpp"

#include <fmt/format.h>
#include <xxhash.h>

namespace tidemark {
namespace {

/// To be raised when a sync makes something else of the same bytes.
constexpr int parser_version = 3;

} // namespace

std::string read_settings(const Config& config) {
    const SourceConfig& source = config.source;
    const StateMap& states = source.states;
    const std::string settings =
        fmt::format("{}\n{}\n{}\n{} {} {} {}\n{}\n{} {}", parser_version, source.base_url,
                    source.timezone.name(), states.none, states.running, states.completed,
                    states.failed, source.max_execution_bytes, config.sync.lookback.count(),
                    config.sync.abandoned_after.count());
    return fmt::format("{:016x}", XXH3_64bits(settings.data(), settings.size()));
}

} // namespace tidemark
