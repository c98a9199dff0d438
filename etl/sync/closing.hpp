#pragma once

#include "sync/plan.hpp"
#include "sync/queue.hpp"
#include "sync/watermark.hpp"
#include "warehouse/warehouse.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <vector>

namespace tidemark {

/// What follows from a body that was read, once its executions are stored.
struct ClosedBody {
    Conclusion conclusion;
    std::optional<Timestamp> read_through; ///< the newest stored creation, not ahead of now
    std::optional<Timestamp>
        loaded_through; ///< the same, of those before the oldest that holds the watermark
};

/// Whether a body that was to be read in part turned out not to be newest first.
bool is_order_broken(const JobPlan& plan, const BodySummary& body);

/// Whether a body was read, also in part: it is not when the job failed, or when the body is the
/// stored one.
bool was_read(const JobEnd& end);

/// The bodies that were read, by job. `plans` has the plans of their jobs by key. What these
/// bodies brought must be stored; each job comes once.
std::map<Key, ClosedBody> close_bodies(Warehouse& warehouse, const std::vector<JobEnd>& ends,
                                       const std::map<Key, const JobPlan*>& plans,
                                       Timestamp sync_started_at,
                                       std::chrono::seconds abandoned_after);

} // namespace tidemark
