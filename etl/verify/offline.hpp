#pragma once

#include "warehouse/warehouse.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

/// What one check of a warehouse's own consistency found.
struct CheckResult {
    std::string name;
    std::string meaning; ///< what holds when nothing is found
    std::string repair;  ///< what to do otherwise
    std::int64_t violations = 0;
    std::vector<std::string> first; ///< where the first few are: `execution_key=7 lines=3`
    bool done = true;               ///< false: it could not be looked at
};

/// Runs every check of `sql/verify/`, then compares each stored execution with the hash and the day
/// that were stored with it. Reads only. Throws Error when the warehouse cannot be read.
std::vector<CheckResult> verify_offline(Warehouse& warehouse);

} // namespace tidemark
