#include "sync/planning.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <utility>

namespace tidemark {
namespace {

/// The number of jobs whose histories are read together.
constexpr std::size_t read_together = 100;

/// Now, or the latest of the last syncs: a clock of this machine that went back is wrong.
Timestamp now_of_source(const Planning& planning) {
    return std::max(planning.started_at, planning.latest_sync_at.value_or(planning.started_at));
}

Timestamp believed_until(const Planning& planning) {
    return latest_plausible(planning.started_at, planning.config.source.clock_tolerance);
}

/// Plans what of the job's body need not be sent.
void plan_partial_read(JobPlan& plan, const Planning& planning) {
    const std::string mark = planning.archive != nullptr ? planning.archive->mark(plan.job.id) : "";
    const std::string settings = read_settings(planning.config, mark);
    plan.stored_version = stored_version(plan.history, settings);
    // of what is not read here the archive must be known to have it
    const auto& watermark = plan.history.watermark;
    if (planning.archive != nullptr && (!watermark || watermark->read_settings != settings)) return;
    if (const auto before = stop_before(plan.history, planning.config.sync.lookback)) {
        plan.stop = stop_rule(plan.history, *before,
                              planning.stored.created_between(plan.job_key, *before, plan.now));
    }
}

JobPlan plan_one(const Job& job, Key key, JobHistory history, const Planning& planning) {
    JobPlan plan = plan_job(job, key, std::move(history), planning.config.sync.lookback,
                            planning.full, now_of_source(planning));
    set_reading(plan, planning.config.source, planning.keys.source_timezone());
    plan.is_past = planning.is_past;
    if (!is_clock_wrong(planning)) plan.latest_plausible = believed_until(planning);
    if (!planning.full) plan_partial_read(plan, planning);
    return plan;
}

} // namespace

bool is_clock_wrong(const Planning& planning) {
    return now_of_source(planning) > believed_until(planning);
}

JobPlans plan_jobs(const std::vector<Job>& jobs, const Planning& planning) {
    JobPlans plans;
    std::span<const Job> rest = jobs;
    while (!rest.empty()) {
        const auto some = rest.first(std::min(rest.size(), read_together));
        rest = rest.subspan(some.size());
        std::vector<Key> keys;
        for (const Job& job : some)
            keys.push_back(planning.keys.job_key(job.id));
        auto histories = planning.stored.histories(keys);
        for (std::size_t i = 0; i < some.size(); ++i) {
            plans.emplace(some[i].id,
                          plan_one(some[i], keys[i], std::move(histories[i]), planning));
        }
    }
    return plans;
}

} // namespace tidemark
