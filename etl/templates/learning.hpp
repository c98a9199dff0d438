#pragma once

#include "attribution/task_runs.hpp"
#include "config/config.hpp"
#include "model/time.hpp"
#include "templates/alike_messages.hpp"
#include "templates/message_kinds.hpp"
#include "templates/source_conventions.hpp"

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
    std::string kind; ///< its messages, for people
    std::int64_t lines = 0;
    std::size_t names = 0; ///< of tasks
    Timestamp first_seen_at;
    Timestamp last_seen_at;
    std::vector<std::string> examples;  ///< messages, of different tasks as far as there are
    std::vector<AttributionTest> tests; ///< of such messages; the rules that are proposed pass them
    bool yields = false;                ///< to the others: it matches messages of theirs too
    bool sure = false;
    std::string why; ///< it is sure, or is not
};

/// What a history teaches.
struct Learned {
    std::vector<LearnedRule> rules; ///< in the order in which they are to be tried
    std::optional<ProposedConvention> convention;
    std::map<std::string, std::int64_t> names; ///< of tasks, with the lines that name them
    std::vector<std::string> notes;            ///< what is not proposed, and why; a sentence each
    std::int64_t lines = 0;                    ///< that were looked at
    std::int64_t known = 0; ///< of those, the ones that a rule of the configuration knows
};

/// A history, line by line, and what it teaches.
class Learning {
public:
    /// Lines that a rule of this configuration matches teach nothing: it stands first.
    explicit Learning(const AttributionConfig& config);

    /// The next line of an execution of this job; executions in any order, one after the other.
    void observe(std::string_view job, std::uint64_t execution, Timestamp logged_at,
                 std::string_view message);

    [[nodiscard]] std::int64_t lines() const { return static_cast<std::int64_t>(m_lines.size()); }

    /// Proposes rules. None of them is refused by RE2, calls a message succeeded that holds a word
    /// of failure outside of its task's name, or takes a part of a name for the name.
    [[nodiscard]] Learned learn() const;

private:
    struct Line : MessageOfLine { ///< of m_messages
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

/// What was learned, as a file of the configuration: rules with their evidence as comments, tests,
/// and the convention.
std::string learned_file(const Learned& learned, const std::vector<const LearnedRule*>& rules);

/// One rule with its evidence and its tests.
std::string learned_block(const LearnedRule& rule);

} // namespace tidemark
