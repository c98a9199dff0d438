#include "attribution/rule_usage.hpp"

#include "attribution/rules.hpp"

#include <algorithm>
#include <map>

namespace tidemark {

struct RuleUsage::Impl {
    explicit Impl(const AttributionConfig& config)
        : rules(config.rules), matches(rules.size()), taken(rules.size()) {}

    Rules rules;
    std::int64_t messages = 0;
    std::vector<std::int64_t> matches; ///< by rule
    std::vector<std::map<std::size_t, std::int64_t>>
        taken; ///< by rule, and by the rule that decides
};

RuleUsage::RuleUsage(const AttributionConfig& config) : m_impl(new Impl{config}) {}
RuleUsage::~RuleUsage() = default;
RuleUsage::RuleUsage(RuleUsage&&) noexcept = default;

void RuleUsage::see(std::string_view message, const LineContext& context, std::int64_t count) {
    auto& [rules, messages, matches, taken] = *m_impl;
    messages += count;
    std::optional<std::size_t> first;
    const std::vector<int>* candidates = rules.candidates(message);
    const std::size_t tried = candidates == nullptr ? rules.size() : candidates->size();
    for (std::size_t at = 0; at < tried; ++at) {
        const auto i = candidates == nullptr ? at : static_cast<std::size_t>((*candidates)[at]);
        const Rule& rule = rules[i];
        if (!rule.holds_for(context.job) || !rule.holds_for(context.severity)) continue;
        if (!rule.pattern.find(message)) continue;
        if (!first) first = i;
        matches[i] += count;
        taken[i][*first] += count;
    }
}

std::int64_t RuleUsage::messages() const { return m_impl->messages; }

std::vector<RuleUse> RuleUsage::uses() const {
    std::vector<RuleUse> uses;
    for (std::size_t i = 0; i < m_impl->rules.size(); ++i) {
        const RuleConfig& rule = m_impl->rules[i].config;
        auto taken = m_impl->taken[i];
        RuleUse use{.rule = rule.name,
                    .line = rule.line,
                    .matches = m_impl->matches[i],
                    .decides = taken[i]};
        taken.erase(i); // what is left, earlier rules took
        const auto most =
            std::max_element(taken.begin(), taken.end(), [](const auto& left, const auto& right) {
                return left.second < right.second;
            });
        if (most != taken.end() && most->second > 0)
            use.shadowed_by = m_impl->rules[most->first].config.name;
        uses.push_back(std::move(use));
    }
    return uses;
}

} // namespace tidemark
