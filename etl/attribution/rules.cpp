#include "attribution/rules.hpp"

#include "attribution/duration.hpp"
#include "attribution/row_count.hpp"
#include "model/job_match.hpp"

#include <algorithm>

namespace tidemark {
namespace {

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

std::vector<const Rule*> rules_of(const Rules& rules, const Job* job) {
    std::vector<const Rule*> holding;
    for (const Rule& rule : rules) {
        if (rule.holds_for(job)) holding.push_back(&rule);
    }
    return holding;
}

std::optional<TaskMention> mention_by(const std::vector<const Rule*>& rules,
                                      std::string_view message,
                                      std::optional<std::int64_t> severity) {
    for (const Rule* rule : rules) {
        if (!rule->holds_for(severity)) continue;
        if (const auto captures = rule->pattern.find(message)) {
            return mention_of(rule->config, *captures);
        }
    }
    return std::nullopt;
}

} // namespace tidemark
