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
/// What is known of a line beside its message. What is not known stands in no rule's way.
struct LineContext {
    const Job* job = nullptr;
    std::optional<std::int64_t> severity;
};

/// What a message says of a task, by the rule that matches it. The views point into the message and
/// into the attribution.
struct TaskMention {
    std::string_view task;
    std::string_view rule;
    std::optional<TaskOutcome> outcome; ///< null when the rule only names the task
    std::optional<std::int64_t> row_count;
    std::optional<std::string_view> error;
    std::optional<std::string_view> code;   ///< of the error
    std::optional<std::string_view> source; ///< the message's own word for its data source
    TaskKind kind = TaskKind::transfer;
    std::optional<std::chrono::microseconds> duration; ///< that it says the task took
};

/// A task as a message names it: what its data source is found by.
struct TaskOfMessage {
    std::string_view name;
    std::optional<std::string_view> source_in_message; ///< the message's own word for the source
    TaskKind kind = TaskKind::transfer;
    const Job* job = nullptr; ///< null when it is not known: then it may be any
};

/// The data source of a task, and why.
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

    /// The first rule that matches, tried in order; nullopt when none does or it names no task.
    std::optional<TaskMention> mention(std::string_view message,
                                       const LineContext& context = {}) const;

    /// All that a message says, in the order in which it says it: what `mention` returns, or where
    /// that is of a rule with `each`, every match of it and of the later rules with `each`. A match
    /// that lies within what an earlier rule matched does not count.
    std::vector<TaskMention> mentions(std::string_view message,
                                      const LineContext& context = {}) const;

    /// The data source of a task, by the first of these that names one: an explicit source (those
    /// for this job before those for all), the message itself, the conventions in order, the
    /// longest known name that the task's name contains. Where candidates of one rank name
    /// different sources, there is none. The name of an execution package is not searched: a
    /// package loads no data source.
    SourceOfTask source_of(const TaskOfMessage& task) const;

    /// The tasks of a job's execution, whose log is in line order, in the order in which they were
    /// first heard of. A moment that the execution does not believe is no moment of a run.
    std::vector<TaskRun> task_runs(const Execution& execution, const Job& job) const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace tidemark
