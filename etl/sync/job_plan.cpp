#include "sync/job_plan.hpp"

#include "sync/watermark.hpp"

#include <algorithm>
#include <utility>

namespace tidemark {

namespace {

/// Whether a record was rejected of which not even the id can be read: it may be any execution.
bool has_nameless(const std::vector<KnownRejection>& rejections) {
    return std::any_of(rejections.begin(), rejections.end(),
                       [](const KnownRejection& rejection) { return !rejection.execution_id; });
}

} // namespace

JobPlan plan_job(const Job& job, Key job_key, JobHistory history, std::chrono::seconds lookback,
                 bool full) {
    JobPlan plan{.job = job, .job_key = job_key, .history = std::move(history)};
    if (!full && !has_nameless(plan.history.rejections))
        plan.compare_from = compare_from(plan.history.watermark, lookback);
    for (const KnownExecution& pending : plan.history.pending) {
        plan.always_compared.insert(pending.id);
    }
    for (const KnownRejection& rejection : plan.history.rejections) {
        if (rejection.execution_id) plan.always_compared.insert(*rejection.execution_id);
    }
    return plan;
}

bool is_unchanged(const KnownExecution& known, const Execution& received) {
    return known.content_hash == received.content_hash && known.incomplete == received.incomplete &&
           !known.lost_since;
}

} // namespace tidemark
