#pragma once

#include "model/job.hpp"
#include "source/source.hpp"
#include "sync/body_watch.hpp"
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
    Timestamp now; ///< when the sync began; by an earlier one where its clock is wrong
    std::optional<Timestamp> compare_from;    ///< older executions are settled; nullopt: none is
    std::unordered_set<Guid> always_compared; ///< however old: open, incomplete or rejected before
    std::string timezone;                     ///< `[source] timezone`
    std::string earlier_timezone; ///< in which stored executions were read that name no zone
    Timestamp latest_plausible = Timestamp::max(); ///< what is later comes from a wrong clock
    std::optional<StopRule> stop;                  ///< nullopt: the body is read whole
    BodyVersion stored_version;                    ///< of the body that need not be sent again

    /// Whether an execution needs no second look, if it is stored.
    [[nodiscard]] bool is_settled(const Guid& id, Timestamp created_at) const {
        return compare_from && created_at < *compare_from && !always_compared.contains(id);
    }
};

using JobPlans = std::map<Guid, JobPlan>;

/// `full`: nothing is settled. A watermark that is ahead of `now` says nothing: the job is planned
/// as if it had never been read.
JobPlan plan_job(const Job& job, Key job_key, JobHistory history, std::chrono::seconds lookback,
                 bool full, Timestamp now);

/// From when on everything must have been seen before the transfer may be stopped; nullopt when
/// the body must be read whole: it did not come newest first, a rejected record is looked for that
/// has no id, or the last six were stopped.
std::optional<Timestamp> stop_before(const JobHistory& history, std::chrono::seconds lookback);

/// `recent` are the stored executions created at `before` or later, and not ahead of now, that may
/// still be in the body.
StopRule stop_rule(const JobHistory& history, Timestamp before, const std::vector<Guid>& recent);

/// The version of the body that was stored whole, if reading it once more cannot come to anything
/// else: it was read with the same settings, and no execution waits for time to pass.
BodyVersion stored_version(const JobHistory& history, const std::string& read_settings);

/// Whether what came says the same as what is stored, and would by today's state codes and zone.
bool is_unchanged(const JobPlan& plan, const KnownExecution& known, const Execution& received);

} // namespace tidemark
