#include "sync/ledger.hpp"

#include <utility>

namespace tidemark {

Ledger::Ledger(Warehouse& warehouse, Catalogue& catalogue, std::span<const SyncRunRow> unfinished,
               Timestamp started_at, bool dry_run)
    : m_warehouse(warehouse),
      m_row{.sync_run_key = catalogue.next_sync_run_key(),
            .organisation_key = catalogue.organisation_key(),
            .started_at = started_at},
      m_dry_run(dry_run) {
    Batch batch;
    for (SyncRunRow row : unfinished) {
        row.ended_at = started_at;
        row.outcome = SyncOutcome::interrupted;
        row.error = "the sync was killed; its end was never written";
        batch.sync_runs.push_back(std::move(row));
    }
    catalogue.move_changes_to(batch);
    batch.sync_runs.push_back(m_row);
    write(batch);
}

void Ledger::close(const SyncReport& report, Timestamp ended_at,
                   const std::optional<std::string>& error) {
    m_row.ended_at = ended_at;
    m_row.outcome = report.outcome;
    m_row.counts = report.counts;
    m_row.jobs = static_cast<std::int64_t>(report.jobs.size());
    m_row.jobs_failed = failed_jobs(report);
    m_row.error = error ? error : report.doubt ? report.doubt : report.unreadable_jobs;
    Batch batch;
    batch.sync_runs.push_back(m_row);
    write(batch);
}

void Ledger::write(const Batch& batch) {
    if (!m_dry_run) m_warehouse.write(batch);
}

} // namespace tidemark
