#pragma once

#include "config/config.hpp"
#include "exit_code.hpp"
#include "warehouse/warehouse.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tidemark {
/// What one check found; printed as a line.
struct Finding {
    std::string_view what;
    std::string_view verdict; ///< `ok`, `open`, `warning` or `failed`
    std::string text;
    ExitCode code = ExitCode::ok;
};

/// Runs the configuration's own tests of its rules: one finding, or one for each that fails.
std::vector<Finding> check_rule_tests(const Config& config);

/// Tries the rules on the newest stored messages: which match none, and which never decide because
/// earlier ones take all of theirs. Also whether the stored task runs are today's rules'.
std::vector<Finding> check_rules(const Config& config, Warehouse& warehouse);

} // namespace tidemark
