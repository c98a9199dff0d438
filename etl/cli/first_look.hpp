#pragma once

#include "cli/findings.hpp"
#include "config/config.hpp"
#include "sync/body_evidence.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tidemark {
/// The address of the API out of what was pasted: without `/public/jobs` and what follows it, with
/// `https://` where no scheme was given.
std::string as_base_url(std::string_view pasted);

/// An error's words with the options of `init` in the place of the keys of a configuration.
std::string as_init_options(std::string text);

/// What the bodies show of the order, the casing, the state codes and what cannot be read.
std::vector<Finding> findings_of(const BodyEvidence& evidence,
                                 const std::optional<StateMap>& states);

/// What the bodies show of the zone that moments are in.
struct ZoneEvidence {
    bool is_needed = false; ///< some carry none
    bool not_utc = false;   ///< then the newest would be ahead of the clock
    std::string why;
};
ZoneEvidence zone_evidence(const BodyEvidence& evidence, Timestamp now);

/// Tries the warehouse without changing it. Throws Error when it cannot be used.
Finding inspect_warehouse(const Config& config);

} // namespace tidemark
