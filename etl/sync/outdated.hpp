#pragma once

#include "config/config.hpp"
#include "warehouse/warehouse.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tidemark {

/// The part of an organisation's stored history that was made with another configuration.
struct OutdatedHistory {
    std::int64_t executions = 0;   ///< all stored executions; 0 when nothing is outdated
    std::int64_t other_states = 0; ///< executions with another state by the current codes
    std::map<std::string, std::int64_t>
        zones; ///< executions that were read with another `source.timezone`, by this zone
    std::optional<std::string>
        reporting_timezone; ///< the zone of their days, when it differs from the current one
    bool rules = false;     ///< not all task runs were made by the current rules and sources

    /// Whether all executions were read with the current state codes and time zone.
    [[nodiscard]] bool read_as_today() const { return other_states == 0 && zones.empty(); }
    [[nodiscard]] bool none() const { return read_as_today() && !reporting_timezone && !rules; }
};

/// Compares fingerprints first, and counts executions only when these differ.
OutdatedHistory outdated_history(Warehouse& warehouse, const Config& config);

/// One line for each outdated part, with the command that corrects it. `after_full`: everything
/// that the API still returns was just read again.
std::vector<std::string> lines_of(const OutdatedHistory& outdated, bool after_full = false);

} // namespace tidemark
