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
/// A task whose runs go from one data source to another; null: none.
struct TaskMove {
    std::string task;
    std::optional<std::string> from;
    std::optional<std::string> to;

    auto operator<=>(const TaskMove&) const = default;
};

/// A state code that is taken for another state than before.
struct StateMove {
    std::int64_t code = 0;
    State from = State::unknown;
    State to = State::unknown;

    auto operator<=>(const StateMove&) const = default;
};

/// A run of which something else is told than before; null: nothing was, or is.
struct OutcomeChange {
    std::string job;
    Timestamp created_at; ///< of its execution
    std::string task;
    std::optional<std::string> source; ///< as it is now, or was when it is gone
    std::optional<TaskOutcome> before;
    std::optional<TaskOutcome> after;
};

/// How many there are, and the first few.
struct OutcomeChanges {
    std::int64_t count = 0;
    std::vector<OutcomeChange> examples;

    void add(OutcomeChange change);
};

/// What today's configuration changes of what is stored.
struct AttributionChanges {
    std::int64_t executions = 0;              ///< that were looked at
    std::int64_t lines = 0;                   ///< in their logs
    std::int64_t rewritten = 0;               ///< executions whose task runs differ in anything
    std::int64_t restated = 0;                ///< executions whose state differs
    std::map<StateMove, std::int64_t> states; ///< with the number of executions
    std::int64_t redated = 0;                 ///< executions whose day differs
    std::int64_t limits = 0; ///< data sources for which another freshness limit holds
    std::map<TaskMove, std::int64_t> moves; ///< with the number of runs
    OutcomeChanges gained;
    OutcomeChanges lost;
    OutcomeChanges changed;
    std::int64_t runs_appeared = 0;
    std::int64_t runs_vanished = 0;
    std::vector<std::string> sources_appeared;
    std::vector<std::string> sources_vanished;
    std::int64_t tasks_vanished = 0; ///< transfer tasks that are left without any run
};

/// The execution that runs are of, for people.
struct ExecutionName {
    std::string job;
    Timestamp created_at;
};

/// Adds what two lists of one execution's runs, with their names, differ in. A run is paired with
/// that of its task within its data source, else with one of its task elsewhere: that one has
/// moved.
void compare_runs(std::span<const TaskRunRow> before, std::span<const TaskRunRow> after,
                  const ExecutionName& execution, AttributionChanges& changes);

/// Applies today's configuration to all that is stored of its organisation. States are told again
/// out of their codes, and days out of the moments; task runs that differ are rewritten, transfer
/// tasks without any run and data sources that nothing names are removed. Watermarks follow what is
/// open then, and the organisation gets the configuration's fingerprints. Moments stay, whatever
/// `source.timezone`: only the API can tell them again. All of it or nothing: readers see what was
/// stored before until they see all of what is new. `writer`, whose lease the caller holds, and
/// `reader` are the same warehouse, opened twice. Throws Interrupted, with the old attribution in
/// place.
AttributionChanges reattribute(const Config& config, Warehouse& writer, Warehouse& reader,
                               Timestamp now);

/// What `reattribute` would change.
AttributionChanges preview_reattribution(const Config& config, Warehouse& warehouse);

} // namespace tidemark
