#pragma once

#include "config/config.hpp"
#include "warehouse/rows.hpp"
#include "warehouse/warehouse.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <vector>

namespace tidemark {
/// A task whose runs move from one data source to another; null: no data source.
struct TaskMove {
    std::string task;
    std::optional<std::string> from;
    std::optional<std::string> to;

    auto operator<=>(const TaskMove&) const = default;
};

/// A state code that is mapped to another state than before.
struct StateMove {
    std::int64_t code = 0;
    State from = State::unknown;
    State to = State::unknown;

    auto operator<=>(const StateMove&) const = default;
};

/// A run whose outcome changed; null: there was or is no outcome.
struct OutcomeChange {
    std::string job;
    Timestamp created_at; ///< of its execution
    std::string task;
    std::optional<std::string> source; ///< the new one; of a removed run the old one
    std::optional<TaskOutcome> before;
    std::optional<TaskOutcome> after;
};

/// A number of changes, with the first few as examples.
struct OutcomeChanges {
    std::int64_t count = 0;
    std::vector<OutcomeChange> examples;

    void add(OutcomeChange change);
};

/// The changes of the stored history by the current configuration.
struct AttributionChanges {
    std::int64_t executions = 0;              ///< all executions
    std::int64_t lines = 0;                   ///< in their logs
    std::int64_t rewritten = 0;               ///< executions with different task runs
    std::int64_t restated = 0;                ///< executions with another state
    std::map<StateMove, std::int64_t> states; ///< with the number of executions
    std::int64_t redated = 0;                 ///< executions with another day
    std::int64_t limits = 0;                  ///< data sources with another freshness limit
    std::map<TaskMove, std::int64_t> moves;   ///< with the number of runs
    OutcomeChanges gained;
    OutcomeChanges lost;
    OutcomeChanges changed;
    std::int64_t runs_appeared = 0;
    std::int64_t runs_vanished = 0;
    std::vector<std::string> sources_appeared;
    std::vector<std::string> sources_vanished;
    std::int64_t tasks_vanished = 0; ///< removed transfer tasks, which had no runs any more
};

/// Identifies an execution for people.
struct ExecutionName {
    std::string job;
    Timestamp created_at;
};

/// Adds the differences between two lists of one execution's runs, which must contain names. A run
/// is compared with the run of the same task and data source, else with a run of the same task in
/// another data source, which counts as moved.
void compare_runs(std::span<const TaskRunRow> before, std::span<const TaskRunRow> after,
                  const ExecutionName& execution, AttributionChanges& changes);

/// Applies the current configuration to the stored history of its organisation. It derives states
/// from their codes and days from the moments again, rewrites task runs that differ, and removes
/// transfer tasks without runs and data sources without tasks. It updates the watermarks and stores
/// the configuration's fingerprints. Moments do not change with `source.timezone`: only the API can
/// provide them again. The change is atomic: readers see the old state until they see all of the
/// new one. `writer`, whose lease the caller holds, and `reader` are the same warehouse, opened
/// twice. Throws Interrupted; nothing has changed then.
AttributionChanges reattribute(const Config& config, Warehouse& writer, Warehouse& reader,
                               Timestamp now);

/// What `reattribute` would change.
AttributionChanges preview_reattribution(const Config& config, Warehouse& warehouse);

} // namespace tidemark
