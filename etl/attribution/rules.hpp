#pragma once

#include "attribution/task_runs.hpp"
#include "text/regex.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

/// A compiled rule with its conditions.
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

    /// Calls `call` with the index of each rule that may match the message, in order, until `call`
    /// returns false.
    template <typename Call> void each_candidate(std::string_view message, Call call) const {
        const std::vector<int>* some = candidates(message);
        const std::size_t count = some == nullptr ? m_rules.size() : some->size();
        for (std::size_t i = 0; i < count; ++i) {
            if (!call(some == nullptr ? i : static_cast<std::size_t>((*some)[i]))) return;
        }
    }

private:
    /// The indices of the rules that may match the message, ascending; null when every rule may.
    [[nodiscard]] const std::vector<int>* candidates(std::string_view message) const;

    std::vector<Rule> m_rules;
    std::optional<PatternSet>
        m_set; ///< only when there are so many rules that one search for all is cheaper
};

/// The rules that apply to one job. `rules` must outlive this object.
class JobRules {
public:
    JobRules(const Rules& rules, const Job* job);

    /// What these rules find in a message, as `Attribution::mentions` describes. Valid until the
    /// next call.
    [[nodiscard]] const std::vector<TaskMention>&
    mentions(std::string_view message, std::optional<std::int64_t> severity) const;

private:
    void add_each(const Rule& rule, std::string_view message) const;

    const Rules& m_rules;
    std::vector<bool> m_holding; ///< by rule
    mutable std::vector<TaskMention> m_mentions;
    mutable std::vector<std::string_view> m_captured; ///< the matches behind the mentions
};

} // namespace tidemark
