#include "sync/job_plan.hpp"

#include "sync/watermark.hpp"

#include <utility>

namespace tidemark {

JobPlan plan_job(const Job& job, Key job_key, JobHistory history, std::chrono::seconds lookback,
                 bool full) {
    JobPlan plan{.job = job, .job_key = job_key, .history = std::move(history)};
    if (!full) plan.compare_from = compare_from(plan.history.watermark, lookback);
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
