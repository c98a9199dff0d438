#pragma once

#include "config/config.hpp"
#include "model/guid.hpp"
#include "model/job.hpp"
#include "model/time.hpp"
#include "source/source.hpp"
#include "warehouse/rows.hpp"
#include "warehouse/warehouse.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace tidemark {
/// When the rest of a body whose executions come newest first need not be read.
struct StopRule {
    Timestamp before; ///< what was created earlier is settled
    /// Executions that must stand in front of the rest: as long as one of them was not seen, either
    /// it is still to be read, or the order is not what it was.
    std::unordered_set<Guid> must_be_seen;
};

/// Watches in which order the executions of one body come.
class BodyWatch {
public:
    /// Without a rule the rest is always needed.
    explicit BodyWatch(std::optional<StopRule> rule = std::nullopt) : m_rule(std::move(rule)) {}

    /// Takes the next execution. Returns whether all that follows is settled: every execution so
    /// far was no newer than the one before it, this one is older than what could matter, and none
    /// that must be seen is missing.
    bool observe(const Guid& id, Timestamp created_at);

    /// The same of one whose time cannot be read.
    void observe(const Guid& id);

    /// The order of what was seen; nullopt when that is too little to tell.
    [[nodiscard]] std::optional<BodyOrder> order() const;

private:
    std::optional<StopRule> m_rule;
    std::optional<Timestamp> m_last;
    bool m_rises = false; ///< somewhere
    bool m_falls = false;
};

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

    /// Whether an execution that is not stored was pruned.
    [[nodiscard]] bool is_pruned(State state, Timestamp created_at) const {
        const auto before = history.pruned_before.find(state);
        return before != history.pruned_before.end() && created_at < before->second;
    }

    /// The same, whichever its state.
    [[nodiscard]] bool is_pruned(Timestamp created_at) const;

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

/// The jobs that `[sync] include` and `exclude` leave, in their order.
std::vector<Job> wanted_jobs(std::span<const Job> jobs, const SyncConfig& config);

/// A line for each pattern of `[sync] include` and `exclude` that fits none of the jobs.
std::vector<std::string> idle_patterns(std::span<const Job> jobs, const SyncConfig& config);

/// Why no job is left to be synced, with what to check; nullopt when one is.
std::optional<std::string> nothing_wanted(std::span<const Job> jobs, const SyncConfig& config);

/// Those of `jobs` that one of the patterns fits; all of them when there is no pattern. Throws
/// ConfigError for a pattern that fits none.
std::vector<Job> picked_jobs(std::span<const Job> jobs, std::span<const std::string> patterns);

/// A fingerprint of all that decides, beside the body itself, what a sync makes of it. While it
/// stays the same, a body that is read again comes to the same. `archive_mark` says how far the
/// archive goes, as `Archive::mark`; empty without one.
std::string read_settings(const Config& config, std::string_view archive_mark = {});

} // namespace tidemark
