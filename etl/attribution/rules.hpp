#pragma once

#include "attribution/task_runs.hpp"
#include "text/regex.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

/// A rule, compiled, with its conditions.
struct Rule {
    explicit Rule(const RuleConfig& config);

    [[nodiscard]] bool holds_for(const Job* job) const;
    [[nodiscard]] bool holds_for(std::optional<std::int64_t> severity) const;

    Pattern pattern;
    RuleConfig config;
};

/// Rules in their order. One thread at a time.
class Rules {
public:
    explicit Rules(const std::vector<RuleConfig>& rules);

    [[nodiscard]] std::size_t size() const { return m_rules.size(); }
    [[nodiscard]] const Rule& operator[](std::size_t index) const { return m_rules[index]; }

    /// The indices of the only rules that may match a message, ascending; null when each may.
    [[nodiscard]] const std::vector<int>* candidates(std::string_view message) const;

private:
    std::vector<Rule> m_rules;
    std::optional<PatternSet> m_set; ///< where they are so many that one pass for all is cheaper
};

/// Those of some rules that hold for a job. The rules outlive them.
class JobRules {
public:
    JobRules(const Rules& rules, const Job* job);

    /// What the first of these rules that matches says of a task; nullopt when none matches or it
    /// names no task.
    [[nodiscard]] std::optional<TaskMention> mention(std::string_view message,
                                                     std::optional<std::int64_t> severity) const;

private:
    const Rules& m_rules;
    std::vector<bool> m_holding; ///< by rule
};

} // namespace tidemark
