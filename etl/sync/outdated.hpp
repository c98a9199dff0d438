#pragma once

#include "config/config.hpp"
#include "warehouse/warehouse.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tidemark {

/// What of an organisation's stored history another configuration than today's made.
struct OutdatedHistory {
    std::int64_t executions = 0;               ///< all that are stored; 0 where nothing is outdated
    std::int64_t other_states = 0;             ///< whose state today's codes call otherwise
    std::map<std::string, std::int64_t> zones; ///< those read in another `source.timezone`, by it
    std::optional<std::string> reporting_timezone; ///< whose days they follow, if not today's
    bool rules = false; ///< not all task runs were made by today's rules and sources

    /// Whether all were read with today's state codes and zone.
    [[nodiscard]] bool read_as_today() const { return other_states == 0 && zones.empty(); }
    [[nodiscard]] bool none() const { return read_as_today() && !reporting_timezone && !rules; }
};

/// Counts executions only where a fingerprint says that they may differ.
OutdatedHistory outdated_history(Warehouse& warehouse, const Config& config);

/// One line for each part, with the command that mends it. `after_full`: everything that the API
/// still returns was just read anew.
std::vector<std::string> lines_of(const OutdatedHistory& outdated, bool after_full = false);

} // namespace tidemark
