#pragma once

#include "config/config.hpp"
#include "model/execution.hpp"
#include "model/task_run.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

/// What one message says of a task, by the first rule that matches it. The views point into the
/// message and into the attribution.
struct TaskMention {
    std::string_view task;
    std::string_view rule;
    std::optional<TaskOutcome> outcome; ///< null when the rule only names the task
    std::optional<std::int64_t> row_count;
    std::optional<std::string_view> error;
    std::optional<std::string_view> source; ///< the message's own word for its data source
};

/// The data source of a task, and why.
struct SourceOfTask {
    std::optional<std::string> source;
    std::string attributed_by; ///< `explicit`, `message`, `convention 'PATTERN'`, `none`
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
    std::optional<TaskMention> mention(std::string_view message) const;

    /// The ladder: explicit sources, the message's own word, conventions in order. Conventions of
    /// equal standing cannot disagree, as the first that matches decides.
    SourceOfTask source_of(std::string_view task, std::optional<std::string_view> said) const;

    /// The tasks of an execution, in the order in which they were first heard of. A task that was
    /// started, of an execution that has ended, is `unknown`.
    std::vector<TaskRun> task_runs(const Execution& execution) const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// Why RE2 refuses a pattern, in its words; nullopt when it takes it.
std::optional<std::string> pattern_error(const std::string& pattern);

/// The names of a pattern's groups; empty when RE2 refuses it.
std::vector<std::string> pattern_groups(const std::string& pattern);

} // namespace tidemark
