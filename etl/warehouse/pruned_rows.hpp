#pragma once

#include "warehouse/rows.hpp"

#include <cstdint>
#include <optional>

/// Rows about executions and task runs that were pruned.
namespace tidemark {

/// Executions of a job in a state, created before a moment, were pruned if they are not stored.
struct PruneMarkRow {
    Key job_key = 0;
    State state = State::unknown;
    Timestamp pruned_before;
    std::optional<std::string>
        source_timezone; ///< in which moments without a zone were read; null: see OrganisationRow
    /// The state codes of the pruned executions, see `codes_of`; "" when several maps made their
    /// states. Null: an older version stored it, which knew no others.
    std::optional<std::string> state_codes;

    bool operator==(const PruneMarkRow&) const = default;
};

/// The sums of pruned executions by job, day and state.
struct JobDayRow {
    Key job_key = 0;
    Date day; ///< their `created_on`
    State state = State::unknown;
    std::int64_t runs = 0;
    std::int64_t log_lines = 0;
    std::int64_t timed_runs = 0;  ///< runs with a duration
    std::int64_t duration_ms = 0; ///< the sum of these
    std::optional<std::int64_t> longest_ms;

    bool operator==(const JobDayRow&) const = default;
};

/// Sums of pruned task runs.
struct RunTally {
    std::int64_t runs = 0;
    std::int64_t timed_runs = 0;  ///< those with a duration
    std::int64_t duration_ms = 0; ///< theirs, added up
    std::optional<std::int64_t> longest_ms;
    std::int64_t counted_runs = 0; ///< runs with a number of rows
    std::int64_t row_count = 0;    ///< theirs, added up

    bool operator==(const RunTally&) const = default;
};

/// The sums of pruned task runs by task, day and outcome.
struct TaskDayRow {
    Key transfer_task_key = 0;
    Date day;
    TaskOutcome outcome = TaskOutcome::unknown;
    RunTally tally;

    bool operator==(const TaskDayRow&) const = default;
};

/// The same by data source.
struct SourceDayRow {
    Key data_source_key = 0;
    Date day;
    TaskOutcome outcome = TaskOutcome::unknown;
    RunTally tally;

    bool operator==(const SourceDayRow&) const = default;
};

} // namespace tidemark
