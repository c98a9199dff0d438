#pragma once

#include "warehouse/warehouse.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

/// The result of one check of a warehouse's consistency.
struct CheckResult {
    std::string name;
    std::string meaning; ///< what is true when the check passes
    std::string repair;  ///< what to do when it fails
    std::int64_t violations = 0;
    std::vector<std::string> first; ///< places of the first few: `execution_key=7 lines=3`
    bool done = true;               ///< false: the check could not run
};

/// Runs all checks of `sql/verify/`, and compares each stored execution with its stored hash and
/// day. Only reads. Throws Error when the warehouse cannot be read.
std::vector<CheckResult> verify_offline(Warehouse& warehouse);

} // namespace tidemark
