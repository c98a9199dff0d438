#include "sync/report.hpp"

#include <algorithm>

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
    const bool doubtful = report.doubt || report.unreadable_jobs || report.nothing_wanted ||
                          report.states_contradicted;
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

} // namespace tidemark
