#pragma once

#include "model/job.hpp"
#include "warehouse/warehouse.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <unordered_set>

namespace tidemark {

/// What a sync knows of a job before it reads its body.
struct JobPlan {
    Job job;
    Key job_key = 0;
    JobHistory history;
    std::optional<Timestamp> compare_from;    ///< older executions are settled; nullopt: none is
    std::unordered_set<Guid> always_compared; ///< however old: open, incomplete or rejected before

    /// Whether an execution needs no second look.
    [[nodiscard]] bool is_settled(const Guid& id, Timestamp created_at) const {
        return compare_from && created_at < *compare_from && !always_compared.contains(id);
    }
};

using JobPlans = std::map<Guid, JobPlan>;

/// `full`: nothing is settled.
JobPlan plan_job(const Job& job, Key job_key, JobHistory history, std::chrono::seconds lookback,
                 bool full);

/// Whether what came says the same as what is stored.
bool is_unchanged(const KnownExecution& known, const Execution& received);

} // namespace tidemark
