#pragma once

#include "config/config.hpp"
#include "model/execution.hpp"
#include "model/job.hpp"
#include "model/task_run.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {
/// What is known about a line beside its message. An unknown value satisfies every condition.
struct LineContext {
    const Job* job = nullptr;
    std::optional<std::int64_t> severity;
};

/// What a rule finds in a message. The views point into the message and into the attribution.
struct TaskMention {
    std::string_view task;
    std::string_view rule;
    std::optional<TaskOutcome> outcome; ///< null when the rule only names the task
    std::optional<std::int64_t> row_count;
    std::optional<std::string_view> error;
    std::optional<std::string_view> code;   ///< of the error
    std::optional<std::string_view> source; ///< the message's own word for its data source
    TaskKind kind = TaskKind::transfer;
    std::optional<std::chrono::microseconds> duration; ///< of the task, when the message has it
};

/// A task in a message, with what is needed to find its data source.
struct TaskOfMessage {
    std::string_view name;
    std::optional<std::string_view> source; ///< the message's own word for the source
    TaskKind kind = TaskKind::transfer;
    const Job* job = nullptr; ///< null: unknown, which matches entries for any job
};

/// The data source of a task, and how it was found.
struct SourceOfTask {
    std::optional<std::string> source;

    /// `explicit`, `message`, `convention 'PATTERN'`, `known 'SHORT'`, `ambiguous: 'A' or 'B'`,
    /// `none`.
    std::string attributed_by;
};

/// The configured rules, compiled. Pure: the same log gives the same task runs. One thread at a
/// time.
class Attribution {
public:
    /// Throws ConfigError for a pattern that RE2 refuses.
    explicit Attribution(const AttributionConfig& config);
    ~Attribution();
    Attribution(Attribution&&) noexcept;

    /// The result of the first rule that matches; nullopt when no rule matches, or when that rule
    /// finds no task.
    std::optional<TaskMention> mention(std::string_view message,
                                       const LineContext& context = {}) const;

    /// All that the rules find in a message, in the order of the text: the result of `mention`, or
    /// when that rule has `each`, every match of it and of the later rules with `each`. A match
    /// within the match of an earlier rule does not count.
    std::vector<TaskMention> mentions(std::string_view message,
                                      const LineContext& context = {}) const;

    /// The data source of a task, by the first of these that names one: an explicit source (those
    /// for this job before those for all), the message itself, the conventions in order, the
    /// longest known name that the task's name contains. Where candidates of one rank name
    /// different sources, there is none. The name of an execution package is not searched: a
    /// package loads no data source.
    SourceOfTask source_of(const TaskOfMessage& task) const;

    /// The task runs of an execution of this job, in the order of their first messages. The log
    /// must be in line order. Implausible moments are left out.
    std::vector<TaskRun> task_runs(const Execution& execution, const Job& job) const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace tidemark
