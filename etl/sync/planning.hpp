#pragma once

#include "archive/archive.hpp"
#include "config/config.hpp"
#include "sync/keys.hpp"
#include "sync/plan.hpp"
#include "warehouse/warehouse.hpp"

#include <optional>
#include <vector>

namespace tidemark {

/// What decides how the jobs of a sync are planned.
struct Planning {
    const Config& config;
    Warehouse& stored;
    const KeyAllocator& keys;
    const Archive* archive = nullptr; ///< null: nothing is archived
    Timestamp started_at;             ///< of the sync
    std::optional<Timestamp> latest_sync_at;
    bool full = false;    ///< no execution is settled
    bool is_past = false; ///< see `JobPlan::is_past`
};

/// Whether this machine's clock stands far before a recent sync. One of the two is wrong, so this
/// sync doubts no moment of the source; a later one does.
bool is_clock_wrong(const Planning& planning);

/// Reads what the warehouse knows of these jobs, and plans how each is read.
JobPlans plan_jobs(const std::vector<Job>& jobs, const Planning& planning);

} // namespace tidemark
