#pragma once

#include "config/config.hpp"
#include "model/guid.hpp"
#include "model/job.hpp"
#include "model/time.hpp"
#include "source/source.hpp"
#include "sync/prune_marks.hpp"
#include "warehouse/rows.hpp"
#include "warehouse/warehouse.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace tidemark {
/// When to stop reading a body whose executions come newest first.
struct StopRule {
    Timestamp before; ///< executions created earlier are settled
    /// Executions that must come before the rest. While one of them is missing, it is still to
    /// come, or the order of the body has changed.
    std::unordered_set<Guid> must_be_seen;
};

/// Observes the order of the executions in one body.
class BodyWatch {
public:
    /// Without a rule the body is read whole.
    explicit BodyWatch(std::optional<StopRule> rule = std::nullopt) : m_rule(std::move(rule)) {}

    /// Observes the next execution. Returns whether all further ones are settled: no execution so
    /// far was newer than the one before it, this one is older than `StopRule::before`, and all in
    /// `must_be_seen` were observed.
    bool observe(const Guid& id, Timestamp created_at);

    /// The same for an execution whose time cannot be read.
    void observe(const Guid& id);

    /// The order so far; nullopt when there were too few executions.
    [[nodiscard]] std::optional<BodyOrder> order() const;

private:
    std::optional<StopRule> m_rule;
    std::optional<Timestamp> m_last;
    bool m_rises = false; ///< somewhere
    bool m_falls = false;
};

/// What a sync knows about a job before it reads its body.
struct JobPlan {
    Job job;
    Key job_key = 0;
    JobHistory history;
    Timestamp now; ///< when the sync began; the time of an earlier sync when the clock is wrong
    std::optional<Timestamp> compare_from; ///< older executions are settled; null: none are
    std::unordered_set<Guid>
        always_compared;          ///< at any age: they were open, incomplete or rejected
    std::string timezone;         ///< `[source] timezone`
    std::string earlier_timezone; ///< the zone that was used for stored executions without one
    PruneMarks pruned;            ///< which executions were pruned, of those that are not stored
    Timestamp latest_plausible = Timestamp::max(); ///< later moments come from a wrong clock
    std::optional<StopRule> stop;                  ///< null: the body is read whole
    bool is_past = false;                          ///< the source can be older than what is stored
    BodyVersion stored_version; ///< of the body that does not have to be sent again

    /// Whether an execution does not have to be compared again, when it is stored.
    [[nodiscard]] bool is_settled(const Guid& id, Timestamp created_at) const {
        return compare_from && created_at < *compare_from && !always_compared.contains(id);
    }
};

using JobPlans = std::map<Guid, JobPlan>;

/// Plans a job. `full`: no execution is settled. A watermark ahead of `now` is ignored: the job is
/// planned as if it had never been read.
JobPlan plan_job(const Job& job, Key job_key, JobHistory history, std::chrono::seconds lookback,
                 bool full, Timestamp now);

/// Tells a plan how executions are read: the state codes, the zone of moments that carry none, and
/// the zone that was used for stored executions and marks without a zone of their own.
void set_reading(JobPlan& plan, const SourceConfig& source, std::string earlier_timezone);

/// Whether a received execution was pruned: the marks say so, and it is not stored.
bool was_pruned(const JobPlan& plan, Warehouse& stored, const Execution& received);

/// The moment for `StopRule::before`. nullopt when the body must be read whole: its order was not
/// newest first, there is an unresolved rejected record without an id, or the last six transfers
/// were stopped.
std::optional<Timestamp> stop_before(const JobHistory& history, std::chrono::seconds lookback);

/// `recent` are the stored executions that can still be in the body, created at `before` or later
/// and not ahead of now.
StopRule stop_rule(const JobHistory& history, Timestamp before, const std::vector<Guid>& recent);

/// The version of the body that was last stored whole, when reading it again would change nothing:
/// it was read with the same settings, and no execution depends on the current time. Else an empty
/// version.
BodyVersion stored_version(const JobHistory& history, const std::string& read_settings);

/// Whether a received execution equals the stored one, also by the current state codes and time
/// zone.
bool is_unchanged(const JobPlan& plan, const KnownExecution& known, const Execution& received);

/// Whether an execution is stored in a later version than a received one of an older source: it has
/// ended, and the received one has not, or earlier; or it was found to be lost. The ends of two
/// zones are not compared.
bool is_later(const JobPlan& plan, const KnownExecution& known, const Execution& received);

/// The correction of the zone since an execution was stored. nullopt when there was none, when its
/// times carry a zone, or when one of the zones is not known any more.
std::optional<ZoneCorrection> zone_correction(const JobPlan& plan, const KnownExecution& known,
                                              const Execution& received);

/// The jobs that `[sync] include` and `exclude` select, in their order.
std::vector<Job> wanted_jobs(std::span<const Job> jobs, const SyncConfig& config);

/// A line for each pattern of `[sync] include` and `exclude` that matches no job.
std::vector<std::string> idle_patterns(std::span<const Job> jobs, const SyncConfig& config);

/// Why there is no job to sync, with a remedy; nullopt when there is one.
std::optional<std::string> nothing_wanted(std::span<const Job> jobs, const SyncConfig& config);

/// The jobs that match one of the patterns; all jobs when there is no pattern. Throws ConfigError
/// for a pattern that matches none.
std::vector<Job> picked_jobs(std::span<const Job> jobs, std::span<const std::string> patterns);

/// A hash of the settings that decide how an execution is read. The seed of `bytes_hash`.
std::uint64_t reading_seed(const SourceConfig& source);

/// Whether a received execution has the same bytes as the version that was stored last, and is
/// read in the same way today: then it is not parsed. `bytes_hash` is the hash of its JSON with
/// `reading_seed`.
bool is_unchanged(const JobPlan& plan, const KnownExecution& known, std::uint64_t bytes_hash);

/// A fingerprint of everything that decides about the result of reading a body, apart from the body
/// itself: with equal settings, reading the same body again gives the same result. `archive_mark`
/// is `Archive::mark`; empty without an archive.
std::string read_settings(const Config& config, std::string_view archive_mark = {});

} // namespace tidemark
