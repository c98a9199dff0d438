#include "monitoring/night.hpp"

#include <nlohmann/json.hpp>

namespace tidemark {
namespace {

nlohmann::ordered_json counts_of(const SyncCounts& counts) {
    return {{"executions_new", counts.executions_new},
            {"executions_changed", counts.executions_changed},
            {"executions_unchanged", counts.executions_unchanged},
            {"executions_not_compared", counts.executions_skipped},
            {"log_lines_new", counts.logs},
            {"rejected", counts.rejected},
            {"bytes", counts.bytes}};
}

nlohmann::ordered_json jobs_of(const SyncReport& report) {
    auto jobs = nlohmann::ordered_json::array();
    for (const JobReport& job : report.jobs) {
        nlohmann::ordered_json entry = {{"job", job.name}};
        if (job.error) entry["error"] = *job.error;
        if (job.loaded_through) entry["loaded_through_utc"] = to_text(*job.loaded_through);
        entry["counts"] = counts_of(job.counts);
        jobs.push_back(std::move(entry));
    }
    return jobs;
}

std::string_view outcome_word(const Night& night) {
    if (night.interrupted) return "interrupted";
    switch (night.exit_code) {
    case ExitCode::ok: return "succeeded";
    case ExitCode::partial: return "partial";
    case ExitCode::held: return "held";
    case ExitCode::usage: return "misconfigured";
    case ExitCode::failed: break;
    }
    return "failed";
}

} // namespace

int process_exit_code(const Night& night) {
    return night.interrupted.value_or(static_cast<int>(night.exit_code));
}

std::string summary_json(const Night& night) {
    const std::chrono::duration<double> seconds = night.ended_at - night.started_at;
    nlohmann::ordered_json summary = {{"program", "tidemark " TIDEMARK_VERSION},
                                      {"organisation", night.organisation},
                                      {"started_at_utc", to_text(night.started_at)},
                                      {"ended_at_utc", to_text(night.ended_at)},
                                      {"seconds", seconds.count()},
                                      {"outcome", outcome_word(night)},
                                      {"exit_code", process_exit_code(night)}};
    if (!night.error.empty()) summary["error"] = night.error;
    if (night.report) {
        summary["dry_run"] = night.report->dry_run;
        summary["counts"] = counts_of(night.report->counts);
        summary["jobs"] = jobs_of(*night.report);
    }
    summary["lines"] = night.lines;
    return summary.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

} // namespace tidemark
