#pragma once

#include "cli/findings.hpp"
#include "config/config.hpp"
#include "sync/body_evidence.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tidemark {
/// The base URL in a pasted address: without `/public/jobs` and the text after it, and with
/// `https://` when there is no scheme.
std::string as_base_url(std::string_view pasted);

/// The text of an error, with keys of the configuration replaced by options of `init`.
std::string as_init_options(std::string text);

/// Findings about the order, the casing, the state codes and unreadable records.
std::vector<Finding> findings_of(const BodyEvidence& evidence,
                                 const std::optional<StateMap>& states);

/// What the bodies show about the time zone of their timestamps.
struct ZoneEvidence {
    bool is_needed = false; ///< some timestamps have no zone
    bool not_utc = false;   ///< in UTC the newest one would be ahead of the clock
    std::string why;
};
ZoneEvidence zone_evidence(const BodyEvidence& evidence, Timestamp now);

/// Checks the warehouse without changing it. Throws Error when it cannot be used.
Finding inspect_warehouse(const Config& config);

} // namespace tidemark
