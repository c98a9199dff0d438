#pragma once

#include "attribution/rule_checks.hpp"
#include "config/config.hpp"
#include "sync/reattribute.hpp"

#include <string>
#include <vector>

namespace tidemark {

/// What `attribute` changed, or with `dry_run` would change: counts, and the first few of each.
std::vector<std::string> lines_of(const AttributionChanges& changes, bool dry_run);

/// A test of the configuration that failed: where it stands, which rule matched, and a line for
/// each difference.
std::vector<std::string> lines_of(const TestFailure& failure, const Config& config);

} // namespace tidemark
