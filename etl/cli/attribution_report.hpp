#pragma once

#include "attribution/rule_checks.hpp"
#include "config/config.hpp"
#include "sync/reattribute.hpp"

#include <string>
#include <vector>

namespace tidemark {

/// What `attribute` changed, or would change with `dry_run`: counts with a few examples.
std::vector<std::string> lines_of(const AttributionChanges& changes, bool dry_run);

/// A failed test of the configuration: its place, the rule that matched, and one line for each
/// difference.
std::vector<std::string> lines_of(const TestFailure& failure, const Config& config);

} // namespace tidemark
