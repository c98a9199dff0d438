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

    /// `call` is given each rule that may match a message, in their order, by its index, until it
    /// returns false.
    template <typename Call> void each_candidate(std::string_view message, Call call) const {
        const std::vector<int>* some = candidates(message);
        const std::size_t count = some == nullptr ? m_rules.size() : some->size();
        for (std::size_t i = 0; i < count; ++i) {
            if (!call(some == nullptr ? i : static_cast<std::size_t>((*some)[i]))) return;
        }
    }

private:
    /// The indices of the only rules that may match a message, ascending; null when each may.
    [[nodiscard]] const std::vector<int>* candidates(std::string_view message) const;

    std::vector<Rule> m_rules;
    std::optional<PatternSet> m_set; ///< where they are so many that one pass for all is cheaper
};

/// Those of some rules that hold for a job. The rules outlive them.
class JobRules {
public:
    JobRules(const Rules& rules, const Job* job);

    /// What these rules say of a message, as `Attribution::mentions` promises. Valid until the next
    /// call.
    [[nodiscard]] const std::vector<TaskMention>&
    mentions(std::string_view message, std::optional<std::int64_t> severity) const;

private:
    void add_each(const Rule& rule, std::string_view message) const;

    const Rules& m_rules;
    std::vector<bool> m_holding; ///< by rule
    mutable std::vector<TaskMention> m_mentions;
    mutable std::vector<std::string_view> m_captured; ///< what the mentions were read from
};

} // namespace tidemark
