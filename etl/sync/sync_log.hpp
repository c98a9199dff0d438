#pragma once

#include "exit_code.hpp"
#include "model/job.hpp"
#include "source/source.hpp"
#include "sync/keys.hpp"
#include "sync/outdated.hpp"
#include "sync/reattribute.hpp"
#include "sync/watermark.hpp"
#include "warehouse/rows.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {
/// Is told how a sync gets on; all calls come from the thread that called `sync`.
class Progress {
public:
    virtual ~Progress() = default;

    /// The sync has this row in the sync log; not told of a rehearsal.
    virtual void began(Key /*sync_run_key*/) {}

    virtual void jobs_listed(std::size_t jobs) = 0;

    /// So many executions and bytes of all jobs were read so far.
    virtual void read(std::uint64_t executions, std::uint64_t bytes) = 0;

    /// A job's body was read to its end; `error` is empty unless that failed.
    virtual void job_read(const Job& job, std::string_view error) = 0;

    /// A request failed, and another try waits.
    virtual void waiting(const RetryWait& /*wait*/) {}

    /// Nothing more will come.
    virtual void finished() = 0;
};

/// What a sync made of one job.
struct JobReport {
    std::string name;
    SyncCounts counts;
    std::optional<std::string> error;
    std::optional<Span> missing; ///< a span of history that this sync found to be missing
    std::int64_t open = 0;       ///< executions that hold the watermark
    std::int64_t lost = 0;       ///< open executions that vanished, as this sync found
    std::int64_t abandoned = 0;  ///< open executions that this sync gave up waiting for
    std::int64_t doubtful = 0;   ///< executions with moments ahead of now, as this sync found
    std::optional<Timestamp> loaded_through;
    BodyReading reading = BodyReading::whole;
    std::int64_t rejected_beyond = 0;           ///< of `counts.rejected`, those that are not kept
    std::optional<std::string> archive_problem; ///< why the archive lacks a part of what came
    bool order_broken = false; ///< the body no longer comes newest first, so it was read whole
};

/// A job that seems to word its messages anew.
struct WordingChange {
    std::string job;
    std::string silent; ///< the kind of message that a rule knows, and that came no more
    std::string
        appeared;    ///< the kind about a task that is new, and that no rule takes an outcome from
    Timestamp since; ///< the first execution without the former
};

/// What a sync did; the summary is made of it.
struct SyncReport {
    SyncOutcome outcome = SyncOutcome::succeeded;
    SyncCounts counts;
    std::vector<JobReport> jobs;
    std::vector<std::string> missing_jobs;       ///< that this sync found to be missing, by name
    std::optional<std::string> implausible_list; ///< why the list of jobs was not believed
    std::optional<std::string> unreadable_jobs;  ///< entries of it, as this sync found
    std::optional<std::string> nothing_wanted;   ///< why no job was left to be synced
    std::vector<std::string> idle_patterns;      ///< a line for each that fits no job
    std::optional<Timestamp>
        clock_before; ///< a recent sync, when this machine's clock stands far before it
    bool dry_run = false;

    /// Why the stored state codes contradict `[source.states]`, unless that is confirmed by hand.
    std::optional<std::string> states_contradicted;

    std::optional<std::string> archive_problem; ///< why the archive lacks what came; of the first
    std::int64_t unarchived_jobs = 0;           ///< of which it lacks a part; 0: it lacks all

    std::vector<WordingChange> wording_changes; ///< that this sync found

    bool full = false;        ///< everything that the API returned was compared
    OutdatedHistory outdated; ///< what of the stored history another configuration made
    std::optional<AttributionChanges> reattributed; ///< what applying today's configuration changed
};

/// A job that failed, or in which something was rejected or is missing, was done in part.
SyncOutcome outcome_of(const JobReport& job);

/// Failed when every one of several jobs failed: then it is the source that did.
SyncOutcome outcome_of(const SyncReport& report);

std::int64_t failed_jobs(const SyncReport& report);

/// What the process tells its caller.
ExitCode exit_code_of(SyncOutcome outcome);

/// The sync log's row of one sync: opened when it begins, closed however it ends. Rows that a
/// killed sync left open are closed as `interrupted` when the next one begins.
class SyncLog {
public:
    /// Writes the row, with the new rows of `keys`. `unfinished` are the rows to close.
    SyncLog(Warehouse& warehouse, KeyAllocator& keys, std::span<const SyncRunRow> unfinished,
            Timestamp started_at, bool dry_run);

    [[nodiscard]] Key sync_run_key() const { return m_row.sync_run_key; }

    /// `error`: why it ended before its time.
    void close(const SyncReport& report, Timestamp ended_at,
               const std::optional<std::string>& error = std::nullopt);

private:
    void write(const Batch& batch);

    Warehouse& m_warehouse;
    SyncRunRow m_row;
    bool m_dry_run;
};

} // namespace tidemark
