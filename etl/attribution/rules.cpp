#include "attribution/rules.hpp"

#include "attribution/quantities.hpp"
#include "model/job.hpp"

#include <algorithm>

namespace tidemark {
namespace {

/// Of fewer rules each is tried: that takes less time.
constexpr std::size_t least_for_set = 32;

std::optional<std::string_view> unless_empty(std::string_view text) {
    if (text.empty()) return std::nullopt;
    return text;
}

std::optional<TaskMention> mention_of(const RuleConfig& rule, const Captures& captures) {
    if (captures.task.empty()) return std::nullopt;
    return TaskMention{
        .task = captures.task,
        .rule = rule.name,
        .outcome = rule.outcome,
        .row_count = parse_row_count(captures.rows),
        .error = unless_empty(captures.error),
        .source = unless_empty(captures.source),
        .kind = rule.kind,
        .duration = parse_seconds(captures.seconds),
    };
}

} // namespace

Rule::Rule(const RuleConfig& rule) : pattern(rule.pattern), config(rule) {}

bool Rule::holds_for(const Job* job) const {
    return !config.job || job == nullptr || matches_job(*config.job, *job);
}

bool Rule::holds_for(std::optional<std::int64_t> severity) const {
    const auto& wanted = config.severities;
    return wanted.empty() || !severity ||
           std::find(wanted.begin(), wanted.end(), *severity) != wanted.end();
}

Rules::Rules(const std::vector<RuleConfig>& rules) : m_rules(rules.begin(), rules.end()) {
    if (rules.size() < least_for_set) return;
    std::vector<std::string> patterns;
    for (const RuleConfig& rule : rules)
        patterns.push_back(rule.pattern);
    m_set.emplace(patterns);
}

const std::vector<int>* Rules::candidates(std::string_view message) const {
    return m_set ? m_set->matching(message) : nullptr;
}

JobRules::JobRules(const Rules& rules, const Job* job) : m_rules(rules) {
    for (std::size_t i = 0; i < rules.size(); ++i)
        m_holding.push_back(rules[i].holds_for(job));
}

std::optional<TaskMention> JobRules::mention(std::string_view message,
                                             std::optional<std::int64_t> severity) const {
    const std::vector<int>* candidates = m_rules.candidates(message);
    const std::size_t count = candidates == nullptr ? m_rules.size() : candidates->size();
    for (std::size_t i = 0; i < count; ++i) {
        const auto index = candidates == nullptr ? i : static_cast<std::size_t>((*candidates)[i]);
        const Rule& rule = m_rules[index];
        if (!m_holding[index] || !rule.holds_for(severity)) continue;
        if (const auto captures = rule.pattern.find(message)) {
            return mention_of(rule.config, *captures);
        }
    }
    return std::nullopt;
}

} // namespace tidemark
