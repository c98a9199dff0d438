#pragma once

#include "attribution/attribution.hpp"
#include "attribution/pattern.hpp"

#include <string>
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

using Rules = std::vector<Rule>;

/// Those of some rules that hold for a job, in their order. They outlive the result.
std::vector<const Rule*> rules_of(const Rules& rules, const Job* job);

/// What the first of these rules that matches says of a task; nullopt when none matches or it
/// names no task.
std::optional<TaskMention> mention_by(const std::vector<const Rule*>& rules,
                                      std::string_view message,
                                      std::optional<std::int64_t> severity);

} // namespace tidemark
