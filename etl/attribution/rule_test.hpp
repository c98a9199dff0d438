#pragma once

#include "attribution/attribution.hpp"

#include <string>
#include <vector>

namespace tidemark {

/// A test of the configuration that came out otherwise.
struct TestFailure {
    const AttributionTest* test = nullptr; ///< in the configuration
    std::string matched;                   ///< the rule that matched; "" when none did
    std::vector<std::string> differences;  ///< `outcome: expected 'succeeded', got 'failed'`
};

/// Runs the configuration's tests against its own rules; returns those that fail, in their order.
/// The configuration outlives the result.
std::vector<TestFailure> failed_tests(const AttributionConfig& config);

} // namespace tidemark
