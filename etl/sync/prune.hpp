#pragma once

#include "config/config.hpp"
#include "model/execution.hpp"
#include "warehouse/warehouse.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace tidemark {

/// What to prune.
struct PruneOptions {
    std::chrono::seconds older_than{}; ///< by the time of creation
    bool logs_only = false;            ///< executions and task runs stay
    std::set<State> states;            ///< only executions in these states; empty: in all
};

struct PruneTally {
    std::int64_t executions = 0;
    std::int64_t log_lines = 0;
    std::int64_t task_runs = 0; ///< 0 with `logs_only`

    PruneTally& operator+=(const PruneTally& other);
};

/// What pruning removes from one job.
struct JobPrune {
    Key job_key = 0;
    std::string name;
    std::string job_id;
    Timestamp before; ///< older executions are removed: the limit, or the job's watermark if it is
                      ///< earlier
    Timestamp oldest; ///< of the removed executions
    Timestamp newest;
    std::string source_timezone; ///< in which the newest was read that needed one; empty: none did
    PruneTally tally;
};

struct PrunePlan {
    Timestamp limit; ///< executions created earlier are old enough
    std::vector<JobPrune> jobs;
    PruneTally tally;
};

/// What pruning would remove now. Ages are relative to `now`, or to the latest sync if that was
/// earlier, so that a clock that is ahead makes nothing old. Throws ConfigError when `older_than`
/// is less than `sync.lookback`, because each sync compares these executions.
PrunePlan plan_prune(const Config& config, Warehouse& warehouse, const PruneOptions& options,
                     Timestamp now);

/// Removes what the plan contains, in atomic batches; each one also adds the removed executions to
/// the roll-ups. Before the first batch it stores which executions a sync must not load again.
/// After an interruption at any point, the same call continues. `writer`, whose lease the caller
/// holds, and `reader` are the same warehouse, opened twice. `done` is called after each batch with
/// the total so far. Throws Interrupted between two batches.
PruneTally prune(const Config& config, Warehouse& writer, Warehouse& reader,
                 const PruneOptions& options, const PrunePlan& plan, Timestamp now,
                 const std::function<void(const PruneTally&)>& done);

} // namespace tidemark
