#pragma once

#include "attribution/task_runs.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
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

/// How a rule fares on messages that were seen.
struct RuleUse {
    std::string rule;
    std::filesystem::path file; ///< of the configuration
    int line = 0;               ///< of its pattern there
    std::int64_t matches = 0;   ///< messages that it matches
    std::int64_t decides = 0;   ///< of those, the ones that no earlier rule takes
    std::string shadowed_by;    ///< the earlier rule that takes most of them; "" when none does
    std::int64_t doubtful = 0;  ///< messages that it takes for a success, and that say a failure
    std::string failure_word;   ///< of the first of those, and its beginning
    std::string example;

    [[nodiscard]] bool is_unused() const { return matches == 0; }
    [[nodiscard]] bool is_shadowed() const { return matches > 0 && decides == 0; }
};

/// Tries every rule on every message, also those that an earlier rule takes.
class RuleUsage {
public:
    explicit RuleUsage(const AttributionConfig& config);
    ~RuleUsage();
    RuleUsage(RuleUsage&&) noexcept;

    /// A message that was seen so many times.
    void observe(std::string_view message, const LineContext& context, std::int64_t count = 1);

    [[nodiscard]] std::int64_t messages() const; ///< seen so far

    /// Of each rule, in their order.
    [[nodiscard]] std::vector<RuleUse> uses() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace tidemark
