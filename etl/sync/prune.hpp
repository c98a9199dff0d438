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

/// What is to be pruned.
struct PruneOptions {
    std::chrono::seconds older_than{}; ///< by the moment of creation
    bool logs_only = false;            ///< executions and their task runs stay
    std::set<State> states;            ///< of the executions; empty: whichever
};

struct PruneTally {
    std::int64_t executions = 0;
    std::int64_t log_lines = 0;
    std::int64_t task_runs = 0; ///< 0 when they stay

    PruneTally& operator+=(const PruneTally& other);
};

/// What pruning takes from one job.
struct JobPrune {
    Key job_key = 0;
    std::string name;
    std::string job_id;
    Timestamp before; ///< what is older goes: the limit, or the job's watermark where it is earlier
    Timestamp oldest; ///< of the executions
    Timestamp newest;
    PruneTally tally;
};

struct PrunePlan {
    Timestamp limit; ///< what was created earlier is old enough
    std::vector<JobPrune> jobs;
    PruneTally tally;
};

/// What pruning would take away now. Ages are counted from `now`, or from the latest sync where
/// that was earlier: a clock that is ahead makes nothing old. Throws ConfigError when `older_than`
/// is less than `sync.lookback`, whose executions every sync compares.
PrunePlan plan_prune(const Config& config, Warehouse& warehouse, const PruneOptions& options,
                     Timestamp now);

/// Takes away what a plan, just made, says, in batches that are whole or not there; what they come
/// to is added to the roll-ups with each. First of all it is stored what a sync must not bring
/// back. Cut off anywhere, the same call goes on. `writer`, whose lease the caller holds, and
/// `reader` are the same warehouse, opened twice. `done` is told after each batch how many
/// executions are done. Throws Interrupted between two batches.
PruneTally prune(const Config& config, Warehouse& writer, Warehouse& reader,
                 const PruneOptions& options, const PrunePlan& plan, Timestamp now,
                 const std::function<void(const PruneTally&)>& done);

} // namespace tidemark
