#include "sync/sync_log.hpp"

#include <algorithm>
#include <utility>

namespace tidemark {
SyncOutcome outcome_of(const JobReport& job) {
    if (job.error) return SyncOutcome::failed;
    if (job.counts.rejected > 0 || job.missing) return SyncOutcome::partial;
    return SyncOutcome::succeeded;
}

SyncOutcome outcome_of(const SyncReport& report) {
    const auto failed = static_cast<std::size_t>(failed_jobs(report));
    if (failed > 1 && failed == report.jobs.size()) return SyncOutcome::failed;
    const bool whole = std::all_of(report.jobs.begin(), report.jobs.end(), [](const auto& job) {
        return outcome_of(job) == SyncOutcome::succeeded;
    });
    const bool doubtful = report.implausible_list || report.unreadable_jobs ||
                          report.nothing_wanted || report.states_contradicted ||
                          report.archive_problem || !report.wording_changes.empty();
    return whole && !doubtful ? SyncOutcome::succeeded : SyncOutcome::partial;
}

std::int64_t failed_jobs(const SyncReport& report) {
    return std::count_if(report.jobs.begin(), report.jobs.end(),
                         [](const JobReport& job) { return job.error.has_value(); });
}

ExitCode exit_code_of(SyncOutcome outcome) {
    switch (outcome) {
    case SyncOutcome::succeeded: return ExitCode::ok;
    case SyncOutcome::partial: return ExitCode::partial;
    case SyncOutcome::running:
    case SyncOutcome::failed:
    case SyncOutcome::interrupted: break;
    }
    return ExitCode::failed;
}

SyncLog::SyncLog(Warehouse& warehouse, KeyAllocator& keys, std::span<const SyncRunRow> unfinished,
                 Timestamp started_at, bool dry_run)
    : m_warehouse(warehouse),
      m_row{.sync_run_key = keys.next_sync_run_key(),
            .organisation_key = keys.organisation_key(),
            .started_at = started_at},
      m_dry_run(dry_run) {
    Batch batch;
    for (SyncRunRow row : unfinished) {
        row.ended_at = started_at;
        row.outcome = SyncOutcome::interrupted;
        row.error = "the sync was killed; its end was never written";
        batch.sync_runs.push_back(std::move(row));
    }
    keys.move_changes_to(batch);
    batch.sync_runs.push_back(m_row);
    write(batch);
}

void SyncLog::close(const SyncReport& report, Timestamp ended_at,
                    const std::optional<std::string>& error) {
    m_row.ended_at = ended_at;
    m_row.outcome = report.outcome;
    m_row.counts = report.counts;
    m_row.jobs = static_cast<std::int64_t>(report.jobs.size());
    m_row.jobs_failed = failed_jobs(report);
    m_row.error = error                     ? error
                  : report.implausible_list ? report.implausible_list
                  : report.unreadable_jobs  ? report.unreadable_jobs
                                            : report.archive_problem;
    Batch batch;
    batch.sync_runs.push_back(m_row);
    write(batch);
}

void SyncLog::write(const Batch& batch) {
    if (!m_dry_run) m_warehouse.write(batch);
}

} // namespace tidemark
