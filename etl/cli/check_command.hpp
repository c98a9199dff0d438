#pragma once

#include "cli/findings.hpp"
#include "config/config.hpp"
#include "warehouse/warehouse.hpp"

#include <vector>

namespace tidemark {
/// Runs the tests of the rules in the configuration. Returns one finding, or one for each failed
/// test.
std::vector<Finding> check_rule_tests(const Config& config);

/// Tries the rules on the newest stored messages. Reports rules that match none, rules that never
/// decide because earlier rules match first, and whether the stored task runs were made by the
/// current rules.
std::vector<Finding> check_rules(const Config& config, Warehouse& warehouse);

} // namespace tidemark
