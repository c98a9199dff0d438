#pragma once

#include "attribution/task_runs.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace tidemark {
/// A test of the configuration that failed.
struct TestFailure {
    const AttributionTest* test = nullptr; ///< in the configuration
    std::string matched;                   ///< the rule that matched; "" when none did
    std::vector<std::string> differences;  ///< `outcome: expected 'succeeded', got 'failed'`
};

/// Runs the tests of the configuration and returns those that fail, in their order. The
/// configuration must outlive the result.
std::vector<TestFailure> failed_tests(const AttributionConfig& config);

/// How often a rule matched the observed messages.
struct RuleUse {
    std::string rule;
    std::filesystem::path file; ///< of the configuration
    int line = 0;               ///< of its pattern
    std::int64_t matches = 0;   ///< number of messages that it matches
    std::int64_t decides = 0;   ///< of these, the ones that no earlier rule matches
    std::string
        shadowed_by; ///< the earlier rule that matches most of the others; "" when there are none
    std::int64_t doubtful =
        0; ///< messages that it counts as a success although they contain a failure word
    std::string failure_word; ///< in the first of them; `example` is its beginning
    std::string example;

    [[nodiscard]] bool is_unused() const { return matches == 0; }
    [[nodiscard]] bool is_shadowed() const { return matches > 0 && decides == 0; }
};

/// Tries every rule on every message, also on messages that an earlier rule matches.
class RuleUsage {
public:
    explicit RuleUsage(const AttributionConfig& config);
    ~RuleUsage();
    RuleUsage(RuleUsage&&) noexcept;

    /// Counts a message that was logged `count` times.
    void observe(std::string_view message, const LineContext& context, std::int64_t count = 1);

    [[nodiscard]] std::int64_t messages() const; ///< number of messages so far

    /// One entry per rule, in the order of the rules.
    [[nodiscard]] std::vector<RuleUse> uses() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace tidemark
