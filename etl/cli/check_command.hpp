#pragma once

#include "cli/findings.hpp"
#include "config/config.hpp"
#include "warehouse/warehouse.hpp"

#include <vector>

namespace tidemark {
/// Runs the configuration's own tests of its rules: one finding, or one for each that fails.
std::vector<Finding> check_rule_tests(const Config& config);

/// Tries the rules on the newest stored messages: which match none, and which never decide because
/// earlier ones take all of theirs. Also whether the stored task runs are today's rules'.
std::vector<Finding> check_rules(const Config& config, Warehouse& warehouse);

} // namespace tidemark
