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
/// Receives the progress of a sync. All calls come from the thread that called `sync`.
class Progress {
public:
    virtual ~Progress() = default;

    /// The sync has this key in the sync log. Not called for a dry run.
    virtual void began(Key /*sync_run_key*/) {}

    virtual void jobs_listed(std::size_t jobs) = 0;

    /// The numbers of executions and bytes of all jobs so far.
    virtual void read(std::uint64_t executions, std::uint64_t bytes) = 0;

    /// A job's body was read; `error` is empty on success.
    virtual void job_read(const Job& job, std::string_view error) = 0;

    /// A request failed, and a retry waits.
    virtual void waiting(const RetryWait& /*wait*/) {}

    /// Last call.
    virtual void finished() = 0;
};

/// The result of a sync for one job.
struct JobReport {
    std::string name;
    SyncCounts counts;
    std::optional<std::string> error;
    std::optional<Span> missing; ///< a missing span that this sync found
    std::int64_t open = 0;       ///< open executions, for which the watermark waits
    std::int64_t lost = 0;       ///< open executions that this sync found to be gone
    std::int64_t abandoned =
        0; ///< open executions for which the watermark no longer waits, since this sync
    std::int64_t doubtful = 0; ///< executions that this sync found to have moments ahead of now
    std::int64_t held_later =
        0; ///< executions that are stored in a later version than an older source has
    std::optional<Timestamp> loaded_through;
    BodyReading reading = BodyReading::whole;
    std::int64_t rejected_beyond =
        0; ///< rejected records, included in `counts.rejected`, that are not kept
    std::optional<std::string> archive_problem; ///< why the archive lacks a part of the body
    bool order_broken = false; ///< the body was read whole because it is no longer newest first
};

/// A job whose messages seem to have a new wording.
struct WordingChange {
    std::string job;
    std::string silent; ///< the kind of message that a rule matches and that was no longer logged
    std::string
        appeared;    ///< a new kind of message about a task, from which no rule takes an outcome
    Timestamp since; ///< the first execution without the silent kind
};

/// The result of a sync, from which the summary is made.
struct SyncReport {
    SyncOutcome outcome = SyncOutcome::succeeded;
    SyncCounts counts;
    std::vector<JobReport> jobs;
    std::vector<std::string> missing_jobs; ///< names of jobs that this sync found to be missing
    std::optional<std::string> implausible_list; ///< why the list of jobs was not accepted
    std::optional<std::string> unreadable_jobs;  ///< new unreadable entries of the list
    std::optional<std::string> nothing_wanted;   ///< why there was no job to sync
    std::vector<std::string> idle_patterns;      ///< one line for each that matches no job
    std::optional<Timestamp>
        clock_before; ///< a recent sync, when the machine's clock is far before it
    bool dry_run = false;

    /// Why the stored state codes contradict `[source.states]`, unless the user has confirmed them.
    std::optional<std::string> states_contradicted;

    bool new_archive = false;                   ///< this sync began the archive
    std::optional<std::string> archive_problem; ///< of the archive, or of the first such job
    std::int64_t unarchived_jobs = 0; ///< jobs with data that the archive lacks; 0: it lacks all

    std::vector<WordingChange> wording_changes; ///< found by this sync

    bool full = false;        ///< all executions of the API were compared
    OutdatedHistory outdated; ///< stored history that was made with another configuration
    std::optional<AttributionChanges> reattributed; ///< the changes by `SyncOptions::reattribute`
};

/// `partial` for a failed job, and for one with new rejections or missing history.
SyncOutcome outcome_of(const JobReport& job);

/// `failed` when all of several jobs failed, because then the source failed.
SyncOutcome outcome_of(const SyncReport& report);

std::int64_t failed_jobs(const SyncReport& report);

/// The exit code of the process.
ExitCode exit_code_of(SyncOutcome outcome);

/// The row of one sync in the sync log: written when the sync begins, and completed in any case
/// when it ends. Open rows of killed syncs are closed as `interrupted` when the next sync begins.
class SyncLog {
public:
    /// Writes the row, with the new rows of `keys`. `unfinished` are the rows to close.
    SyncLog(Warehouse& warehouse, KeyAllocator& keys, std::span<const SyncRunRow> unfinished,
            Timestamp started_at, bool dry_run);

    [[nodiscard]] Key sync_run_key() const { return m_row.sync_run_key; }

    /// `error`: why the sync ended early.
    void close(const SyncReport& report, Timestamp ended_at,
               const std::optional<std::string>& error = std::nullopt);

private:
    void write(const Batch& batch);

    Warehouse& m_warehouse;
    SyncRunRow m_row;
    bool m_dry_run;
};

} // namespace tidemark
