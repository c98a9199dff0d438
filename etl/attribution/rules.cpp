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
        .code = unless_empty(captures.code),
        .source = unless_empty(captures.source),
        .kind = rule.kind,
        .duration = parse_seconds(captures.seconds),
    };
}

/// A success rule must match to the end of the message: a part of it may only look like a success.
Reading reading_of(const RuleConfig& rule) {
    return {.by_line = rule.multiline,
            .to_end = rule.outcome == TaskOutcome::succeeded && !rule.partial};
}

} // namespace

Rule::Rule(const RuleConfig& rule) : pattern(rule.pattern, reading_of(rule)), config(rule) {}

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
        patterns.push_back(as_read(rule.pattern, reading_of(rule)));
    m_set.emplace(patterns);
}

const std::vector<int>* Rules::candidates(std::string_view message) const {
    return m_set && has_plain_ends(message) ? m_set->matching(message) : nullptr;
}

JobRules::JobRules(const Rules& rules, const Job* job) : m_rules(rules) {
    for (std::size_t i = 0; i < rules.size(); ++i)
        m_holding.push_back(rules[i].holds_for(job));
}

const std::vector<TaskMention>& JobRules::mentions(std::string_view message,
                                                   std::optional<std::int64_t> severity) const {
    m_mentions.clear();
    m_captured.clear();
    m_rules.each_candidate(message, [&](std::size_t index) {
        const Rule& rule = m_rules[index];
        if (!m_holding[index] || !rule.holds_for(severity)) return true;
        if (rule.config.each) {
            add_each(rule, message);
            return true;
        }
        if (!m_captured.empty()) return true;
        const auto captures = rule.pattern.find(message);
        if (!captures) return true;
        if (const auto mention = mention_of(rule.config, *captures)) m_mentions.push_back(*mention);
        return false;
    });
    if (m_mentions.size() > 1) {
        std::stable_sort(m_mentions.begin(), m_mentions.end(),
                         [](const TaskMention& left, const TaskMention& right) {
                             return left.task.data() < right.task.data();
                         });
    }
    return m_mentions;
}

void JobRules::add_each(const Rule& rule, std::string_view message) const {
    const std::size_t captured_before = m_captured.size();
    for (const Captures& captures : rule.pattern.find_all(message)) {
        const bool within = std::any_of(
            m_captured.begin(), m_captured.begin() + static_cast<std::ptrdiff_t>(captured_before),
            [&](std::string_view taken) {
                return captures.whole.data() < taken.data() + taken.size() &&
                       taken.data() < captures.whole.data() + captures.whole.size();
            });
        if (within) continue;
        m_captured.push_back(captures.whole);
        if (const auto mention = mention_of(rule.config, captures)) m_mentions.push_back(*mention);
    }
}

} // namespace tidemark
