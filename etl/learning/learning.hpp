#pragma once

#include "attribution/task_runs.hpp"
#include "config/config.hpp"
#include "learning/alike_messages.hpp"
#include "learning/message_kinds.hpp"
#include "learning/source_conventions.hpp"
#include "model/time.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

/// A rule that the history proposes.
struct LearnedRule {
    RuleConfig rule;
    std::string kind; ///< its messages, in the form of `in_words`
    std::int64_t lines = 0;
    std::size_t names = 0; ///< number of task names
    Timestamp first_seen_at;
    Timestamp last_seen_at;
    std::vector<std::string> examples;  ///< messages, of different tasks if possible
    std::vector<AttributionTest> tests; ///< for these messages; the proposed rules pass them
    bool yields =
        false; ///< it must come after the other rules, because it matches their messages too
    bool sure = false;
    std::string why; ///< reason for `sure`
};

/// What was learned from a history.
struct Learned {
    std::vector<LearnedRule> rules; ///< in the order in which rules are tried
    std::optional<ProposedConvention> convention;
    std::map<std::string, std::int64_t> names; ///< names of tasks with the number of their lines
    std::vector<std::string> notes;            ///< what is not proposed and why; one sentence each
    std::int64_t lines = 0;                    ///< observed lines
    std::int64_t known = 0; ///< of these, lines that a rule of the configuration matches
};

/// Learns rules from a history, line by line.
class Learning {
public:
    /// Ignores lines that a rule of this configuration matches, because it is tried first.
    explicit Learning(const AttributionConfig& config);

    /// Adds a log line. The lines of one execution must come together. The order of executions
    /// decides which messages become examples, and nothing else.
    void observe(std::string_view job, std::uint64_t execution, Timestamp logged_at,
                 std::string_view message);

    [[nodiscard]] std::int64_t lines() const { return static_cast<std::int64_t>(m_lines.size()); }

    /// Proposes rules. Each one is valid for RE2, gives no success for a message with a failure
    /// word outside of the task's name, and captures whole names.
    [[nodiscard]] Learned learn() const;

private:
    struct Line : MessageOfLine { ///< `message` is an index into m_messages
        Timestamp logged_at;
    };

    const AttributionConfig& m_config;
    Attribution m_attribution;
    std::vector<Line> m_lines;
    std::vector<std::string> m_messages; ///< each once
    std::map<std::string, std::size_t, std::less<>> m_places;
    std::vector<std::string> m_jobs;
    std::int64_t m_known = 0;

    friend class LearningRun;
};

/// The text of a configuration file with the rules, their evidence as comments, their tests and the
/// convention.
std::string learned_file(const Learned& learned, const std::vector<const LearnedRule*>& rules);

/// The same for one rule.
std::string learned_block(const LearnedRule& rule);

} // namespace tidemark
