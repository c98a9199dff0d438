#include "verify/online.hpp"

#include "archive/archive.hpp"
#include "platform/interrupt.hpp"
#include "sync/plan.hpp"
#include "warehouse/row_values.hpp"
#include "warehouse/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>

namespace tidemark {
StoredContent stored_content(const ExecutionRow& row) {
    if (row.logs_pruned_at) return StoredContent::intact;
    Execution execution = row.execution;
    normalize(execution);
    const std::uint64_t stored = row.execution.content_hash;
    if (execution.content_hash == stored || earlier_content_hash(execution) == stored)
        return StoredContent::intact;
    return row.changed_at == row.first_seen_at ? StoredContent::damaged : StoredContent::merged;
}

void each_stored_execution(Warehouse& warehouse,
                           const std::function<void(const ExecutionRow&)>& visit) {
    each_row(warehouse, "execution", [&](const Row& values) {
        stop_if_interrupted();
        auto row = row_as<ExecutionRow>(values);
        row.execution.logs = warehouse.logs(row.execution_key);
        visit(row);
    });
}

namespace {

using StoredJobs = std::map<Key, StoredJob>;

/// One pass over everything that is stored.
StoredJobs stored_jobs(Warehouse& warehouse) {
    StoredJobs jobs;
    each_stored_execution(warehouse, [&](const ExecutionRow& row) {
        StoredJob& job = jobs[row.job_key];
        ++job.executions;
        job.log_lines += static_cast<std::int64_t>(row.execution.logs.size());
        switch (stored_content(row)) {
        case StoredContent::intact: break;
        case StoredContent::damaged: job.damaged.insert(row.execution.id); break;
        case StoredContent::merged: {
            ExecutionRow& head = job.merged.emplace(row.execution.id, row).first->second;
            head.execution.logs = {};
        }
        }
    });
    return jobs;
}

JobPlans plans_for(const Config& config, Warehouse& warehouse, const std::vector<Job>& jobs,
                   Timestamp now) {
    const Dimensions stored = warehouse.dimensions(config.source.organisation);
    std::map<Guid, Key> keys;
    for (const JobRow& row : stored.jobs)
        keys.emplace(row.job_id, row.job_key);
    const std::string zone = config.source.timezone.name();
    JobPlans plans;
    for (const Job& job : jobs) {
        const auto key = keys.find(job.id);
        const bool known = key != keys.end();
        JobPlan plan = plan_job(job, known ? key->second : 0,
                                known ? warehouse.history(key->second) : JobHistory{},
                                config.sync.lookback, false, now);
        set_reading(plan, config.source,
                    stored.organisation ? stored.organisation->source_timezone.value_or(zone)
                                        : zone);
        plans.emplace(job.id, std::move(plan));
    }
    return plans;
}

/// Compares each body as it arrives.
class ComparingReader : public LogReader {
public:
    ComparingReader(const JobPlans& plans, StoredJobs stored, const Config& config,
                    Warehouse& warehouse, Progress& progress)
        : m_plans(plans),
          m_stored(std::move(stored)),
          m_config(config),
          m_warehouse(warehouse),
          m_progress(progress) {}

    BodyVersion stored_version(const Job& /*job*/) override { return {}; }

    void begin(const Job& job) override {
        const JobPlan& plan = m_plans.at(job.id);
        m_bodies[job.id] = std::make_unique<BodyComparison>(plan, m_stored[plan.job_key],
                                                            m_config.source, m_warehouse);
    }

    bool bytes(const Job& job, std::string_view chunk) override {
        BodyComparison& body = *m_bodies.at(job.id);
        const auto before = body.tally().executions;
        const bool more = body.bytes(chunk);
        m_executions += static_cast<std::uint64_t>(body.tally().executions - before);
        m_bytes += chunk.size();
        m_progress.read(m_executions, m_bytes);
        return more;
    }

    BodyState end(const Job& job) override {
        return m_bodies.at(job.id)->end() ? BodyState::whole : BodyState::cut_short;
    }

    void succeeded(const Job& job, const BodyVersion& /*version*/) override {
        finish(job, std::nullopt);
    }

    void unchanged(const Job& job) override { finish(job, "the API says that nothing changed"); }

    void failed(const Job& job, const std::string& why) override { finish(job, why); }

    std::vector<JobComparison> result() { return std::move(m_compared); }

private:
    void finish(const Job& job, std::optional<std::string> error) {
        m_progress.job_read(job, error.value_or(""));
        const auto body = m_bodies.find(job.id);
        BodyTally tally = body == m_bodies.end() ? BodyTally{} : body->second->tally();
        if (body != m_bodies.end()) m_bodies.erase(body);
        const JobPlan& plan = m_plans.at(job.id);
        m_compared.push_back({.job = job,
                              .stored = std::move(m_stored[plan.job_key]),
                              .now = std::move(tally),
                              .error = std::move(error),
                              .may_be_skipped = may_be_skipped(job, plan.history)});
    }

    [[nodiscard]] bool may_be_skipped(const Job& job, const JobHistory& history) const {
        const auto& archive = m_config.archive.dir;
        const std::string mark = archive ? stored_mark(*archive, job.id) : "";
        return !tidemark::stored_version(history, read_settings(m_config, mark)).empty() ||
               stop_before(history, m_config.sync.lookback);
    }

    const JobPlans& m_plans;
    StoredJobs m_stored;
    const Config& m_config;
    Warehouse& m_warehouse;
    Progress& m_progress;
    std::map<Guid, std::unique_ptr<BodyComparison>> m_bodies; ///< under way
    std::vector<JobComparison> m_compared;
    std::uint64_t m_executions = 0;
    std::uint64_t m_bytes = 0;
};

/// A job as `--job` takes it: by its name where that is plain.
std::string job_option(const Job& job) {
    const auto odd = [](char c) {
        return static_cast<unsigned char>(c) < 0x20U || c == '\x7F' ||
               std::string_view{"'*?\\"}.find(c) != std::string_view::npos;
    };
    const bool plain = !job.name.empty() && std::none_of(job.name.begin(), job.name.end(), odd);
    return fmt::format("--job '{}'", plain ? job.name : to_text(job.id));
}

} // namespace

bool agrees(const JobComparison& job) {
    return !job.error && job.now.differences.empty() && job.now.unreadable == 0;
}

std::int64_t number_of(const JobComparison& job, Difference difference) {
    return std::count_if(job.now.differences.begin(), job.now.differences.end(),
                         [&](const auto& found) { return found.second == difference; });
}

std::string repair_of(const JobComparison& job) {
    if (job.error || agrees(job)) return {};
    const bool damaged = number_of(job, Difference::damaged) > 0;
    const auto full = fmt::format("tidemark sync --full {}", job_option(job.job));
    if (damaged) return "set content_hash of the damaged ones to 0, then " + full;
    return job.now.settled || job.may_be_skipped ? full : "tidemark sync";
}

std::vector<JobComparison> verify_online(const Config& config, Source& source, Warehouse& warehouse,
                                         std::span<const std::string> patterns, Timestamp now,
                                         Progress& progress) {
    const auto jobs = picked_jobs(wanted_jobs(source.jobs().entries, config.sync), patterns);
    const JobPlans plans = plans_for(config, warehouse, jobs, now);
    ComparingReader reader(plans, stored_jobs(warehouse), config, warehouse, progress);
    progress.jobs_listed(jobs.size());
    source.read_logs(jobs, reader);
    progress.finished();
    return reader.result();
}

} // namespace tidemark
