#include "sync/job_writer.hpp"

#include "sync/execution_versions.hpp"
#include "sync/merge.hpp"
#include "sync/plan.hpp"
#include "sync/refusal.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

namespace tidemark {
namespace {

/// Chunks up to this weight are written in one batch: small jobs then cost a part of a transaction
/// each. A larger chunk is written by itself.
constexpr std::size_t written_together = 2U << 20U;

/// So long the writer waits for more to write together.
constexpr std::chrono::milliseconds writing_patience{50};

} // namespace

JobWriter::JobWriter(const JobPlans& plans, Warehouse& warehouse, KeyAllocator& keys,
                     const Attribution& attribution, const WriteContext& context,
                     std::function<void(JobReport)> done)
    : m_warehouse(warehouse),
      m_keys(keys),
      m_attribution(attribution),
      m_shapes(keys.organisation_key(), context.started_at),
      m_context(context),
      m_done(std::move(done)) {
    for (const auto& [id, plan] : plans) {
        Progressing& job = m_jobs[plan.job_key];
        job.plan = &plan;
        for (const KnownRejection& rejection : plan.history.rejections) {
            job.known_rejections.insert(rejection.content_hash);
        }
    }
}

void JobWriter::write(std::vector<QueueItem> items) {
    std::vector<Chunk> chunks;
    std::vector<JobEnd> ends;
    for (QueueItem& item : items) {
        if (auto* const chunk = std::get_if<Chunk>(&item)) {
            chunks.push_back(std::move(*chunk));
        } else {
            ends.push_back(std::get<JobEnd>(std::move(item)));
        }
    }
    write(std::move(chunks));
    write(std::move(ends)); // of each the chunks came before, so they are stored now
}

void JobWriter::write(std::vector<Chunk> chunks) {
    std::unordered_set<Guid> ids;
    std::size_t first = 0;
    for (std::size_t i = 0; i < chunks.size(); ++i) {
        const bool repeats = std::any_of(
            chunks[i].executions.begin(), chunks[i].executions.end(),
            [&](const ReceivedExecution& received) { return ids.contains(received.execution.id); });
        if (repeats) {
            write_together(std::span{chunks}.subspan(first, i - first));
            first = i;
            ids.clear();
        }
        for (const ReceivedExecution& received : chunks[i].executions)
            ids.insert(received.execution.id);
    }
    write_together(std::span{chunks}.subspan(first));
}

void JobWriter::write_together(std::span<Chunk> chunks) {
    Batch batch;
    std::vector<Guid> ids;
    for (const Chunk& chunk : chunks) {
        for (const ReceivedExecution& received : chunk.executions)
            ids.push_back(received.execution.id);
    }
    const auto known = find_known(m_warehouse, ids, std::identity{});
    for (Chunk& chunk : chunks) {
        Progressing& job = m_jobs.at(chunk.job_key);
        for (ReceivedExecution& received : chunk.executions) {
            const auto found = known.find(received.execution.id);
            add(batch, job, std::move(received), found == known.end() ? nullptr : &found->second);
        }
        std::move(chunk.readings.begin(), chunk.readings.end(), std::back_inserter(batch.readings));
        for (Rejection& rejection : chunk.rejections)
            reject(batch, job, std::move(rejection));
        if (chunk.unarchived) read_whole_next(batch, job);
    }
    batch.shape_lines = m_shapes.release(m_attribution);
    store(std::move(batch));
}

void JobWriter::read_whole_next(Batch& batch, const Progressing& job) {
    auto watermark = job.plan->history.watermark;
    if (!watermark || !watermark->read_settings) return;
    watermark->read_settings.reset();
    batch.watermarks.push_back(std::move(*watermark));
    m_to_read_whole.insert(job.plan->job_key);
}

void JobWriter::add(Batch& batch, Progressing& job, ReceivedExecution received,
                    const KnownExecution* known) {
    if (known != nullptr && known->job_key != job.plan->job_key) {
        ++job.refused;
        const auto holder = m_jobs.find(known->job_key);
        Rejection rejection = held_by_another_job(
            received.execution, holder == m_jobs.end() ? "" : holder->second.plan->job.name);
        if (job.refused_tally.admit(rejection.content_hash))
            reject(batch, job, std::move(rejection));
        return;
    }
    if (known != nullptr && is_unchanged(*job.plan, *known, received.execution)) return;
    if (known != nullptr && known->logs_pruned_at)
        return add_without_lines(batch, job, std::move(received), *known);
    if (known == nullptr) {
        add_new(batch, job, std::move(received));
    } else {
        add_changed(batch, job, std::move(received), *known);
    }
}

void JobWriter::add_new(Batch& batch, Progressing& job, ReceivedExecution received) {
    if (!received.again) ++job.counts.executions_new;
    if (!received.again && received.execution.doubtful_after) ++job.doubtful;
    const auto lines = static_cast<std::int64_t>(received.execution.logs.size());
    job.counts.logs += lines;
    const Key execution_key = m_keys.next_execution_key();
    for (const Log& log : received.execution.logs)
        m_shapes.add(job.plan->job_key, execution_key, log, received.execution.doubtful_after);
    const Timestamp created_at = received.execution.created_at;
    received.reading.execution_key = execution_key;
    batch.readings.push_back(received.reading);
    batch.new_executions.push_back({.execution_key = execution_key,
                                    .job_key = job.plan->job_key,
                                    .execution = std::move(received.execution),
                                    .created_on = m_keys.reporting_timezone().day_of(created_at),
                                    .created_at_local = m_keys.local_time(created_at),
                                    .log_count = lines,
                                    .first_seen_at = m_context.started_at,
                                    .changed_at = m_context.started_at,
                                    .task_runs = with_keys(std::move(received.task_runs))});
}

void JobWriter::add_changed(Batch& batch, Progressing& job, ReceivedExecution received,
                            const KnownExecution& known) {
    const auto correction = zone_correction(*job.plan, known, received.execution);
    MergedExecution merged =
        merge(m_warehouse.logs(known.execution_key), std::move(received.execution), correction);
    job.counts.logs += merged.added;
    for (const Log& log : merged.replaced)
        m_shapes.remove(known.job_key, known.execution_key, log);
    received.execution = std::move(merged.execution);
    ExecutionRow& row = add_again(batch, job, std::move(received), known);
    for (const Log& log : merged.changed)
        m_shapes.add(known.job_key, known.execution_key, log, row.execution.doubtful_after);
    row.execution.logs = std::move(merged.changed);
}

/// Its lines were pruned and do not come back; its task runs follow what came.
void JobWriter::add_without_lines(Batch& batch, Progressing& job, ReceivedExecution received,
                                  const KnownExecution& known) {
    add_again(batch, job, std::move(received), known).execution.logs.clear();
}

ExecutionRow& JobWriter::add_again(Batch& batch, Progressing& job, ReceivedExecution received,
                                   const KnownExecution& known) {
    if (!received.again) ++job.counts.executions_changed;
    Execution& execution = received.execution;
    // a moment that was implausible when it arrived stays so, also when it is in the past
    mark_implausible_moments(execution, known.doubtful_after.value_or(job.plan->latest_plausible));
    if (execution.doubtful_after && !known.doubtful_after) ++job.doubtful;
    auto task_runs = with_keys(m_attribution.task_runs(execution, job.plan->job));
    received.reading.execution_key = known.execution_key;
    batch.readings.push_back(received.reading);
    batch.changed_executions.push_back(
        {.execution_key = known.execution_key,
         .job_key = known.job_key,
         .created_on = m_keys.reporting_timezone().day_of(execution.created_at),
         .created_at_local = m_keys.local_time(execution.created_at),
         .log_count = static_cast<std::int64_t>(execution.logs.size()),
         .first_seen_at = known.first_seen_at,
         .changed_at = m_context.started_at,
         .abandoned_since = execution.is_open() ? known.abandoned_since : std::nullopt,
         .logs_pruned_at = known.logs_pruned_at,
         .task_runs = std::move(task_runs)});
    ExecutionRow& row = batch.changed_executions.back();
    row.execution = std::move(execution);
    return row;
}

void JobWriter::reject(Batch& batch, Progressing& job, Rejection rejection) {
    if (!job.known_rejections.insert(rejection.content_hash).second) return;
    ++job.counts.rejected;
    batch.rejected.push_back({.rejected_record_key = m_keys.next_rejected_record_key(),
                              .job_key = job.plan->job_key,
                              .sync_run_key = m_context.sync_run_key,
                              .first_seen_at = m_context.started_at,
                              .rejection = std::move(rejection)});
}

void JobWriter::resolve(Batch& batch, const Progressing& job, const BodySummary& body) const {
    if (body.rejected.beyond() > 0) return; // it may be among those
    batch.resolved_at = m_context.started_at;
    for (const KnownRejection& rejection : job.plan->history.rejections) {
        const std::uint64_t hash = rejection.content_hash;
        if (body.rejected.holds(hash) || job.refused_tally.holds(hash)) continue;
        const auto& id = rejection.execution_id;
        const bool resolved =
            id ? body.seen_complete.contains(*id) : body.reading == BodyReading::whole;
        if (resolved) batch.resolved_rejections.push_back(rejection.rejected_record_key);
    }
}

void JobWriter::report_beyond(const Progressing& job, const RejectionTally& rejected,
                              JobReport& report) {
    const auto& before = job.plan->history.watermark;
    if (before && before->rejected_beyond == rejected.beyond_digest()) return;
    report.rejected_beyond = rejected.beyond();
    report.counts.rejected += rejected.beyond();
}

std::vector<TaskRunRow> JobWriter::with_keys(std::vector<TaskRun> runs) {
    std::vector<TaskRunRow> rows;
    rows.reserve(runs.size());
    for (TaskRun& run : runs) {
        const Key key = m_keys.transfer_task_key(run.task, run.source);
        const auto local = m_keys.local_time(run.started_at);
        rows.push_back(
            {.transfer_task_key = key, .run = std::move(run), .started_at_local = local});
    }
    return rows;
}

void JobWriter::write(std::vector<JobEnd> ends) {
    if (ends.empty()) return;
    std::map<Key, const JobPlan*> plans;
    for (const JobEnd& end : ends)
        plans.emplace(end.job_key, m_jobs.at(end.job_key).plan);
    auto closed = close_bodies(m_warehouse, ends, plans, m_context.started_at,
                               m_context.config.sync.abandoned_after);
    Batch batch;
    std::vector<JobReport> reports;
    for (JobEnd& end : ends) {
        const auto body = closed.find(end.job_key);
        reports.push_back(
            add(batch, std::move(end), body == closed.end() ? nullptr : &body->second));
    }
    store(std::move(batch));
    for (JobReport& report : reports)
        m_done(std::move(report));
}

JobReport JobWriter::add(Batch& batch, JobEnd end, ClosedBody* closed) {
    const Progressing& job = m_jobs.at(end.job_key);
    end.body.rejected.add_beyond(job.refused_tally);
    JobReport report{.name = job.plan->job.name,
                     .counts = job.counts,
                     .error = end.error,
                     .doubtful = job.doubtful,
                     .reading = end.body.reading,
                     .archive_problem = end.archive_problem};
    report.held_later = end.body.held_later;
    report.counts.bytes = end.body.bytes;
    report.counts.executions_skipped = end.body.settled;
    report.counts.executions_unchanged = std::max<std::int64_t>(
        0, end.body.executions - end.body.unreadable - end.body.repeated - end.body.settled -
               job.refused - job.counts.executions_new - job.counts.executions_changed);
    if (closed != nullptr) {
        add(batch, *job.plan, end, *closed, report);
        resolve(batch, job, end.body);
        if (end.body.reading == BodyReading::whole) report_beyond(job, end.body.rejected, report);
    }
    batch.sync_jobs.push_back(
        {.sync_run_key = m_context.sync_run_key,
         .job_key = end.job_key,
         .started_at = end.started_at,
         .ended_at = m_context.now(),
         .outcome = outcome_of(report),
         .counts = report.counts,
         .error = end.error,
         .reading = end.error ? std::nullopt : std::optional{end.body.reading}});
    return report;
}

void JobWriter::add(Batch& batch, const JobPlan& plan, const JobEnd& end, ClosedBody& closed,
                    JobReport& report) {
    Conclusion& conclusion = closed.conclusion;
    report.open = conclusion.open;
    report.lost = conclusion.lost;
    report.abandoned = conclusion.abandoned;
    report.missing = conclusion.missing;
    report.loaded_through = closed.loaded_through;
    report.order_broken = is_order_broken(plan, end.body);
    std::move(conclusion.marks.begin(), conclusion.marks.end(), std::back_inserter(batch.marks));
    const auto& before = plan.history.watermark;
    const WatermarkRow watermark = remembering_body(
        {.job_key = plan.job_key,
         .loaded_through = report.loaded_through,
         .read_through = closed.read_through,
         .open_executions = report.open},
        before, end, read_settings(m_context.config, end.archive_mark.value_or("")));
    if (before != std::optional{watermark} || m_to_read_whole.contains(plan.job_key))
        batch.watermarks.push_back(watermark);
    if (report.missing) {
        batch.gaps.push_back({.job_key = plan.job_key,
                              .missing_from = report.missing->from,
                              .missing_until = report.missing->until,
                              .sync_run_key = m_context.sync_run_key});
    }
}

void JobWriter::store(Batch batch) {
    m_keys.move_changes_to(batch);
    if (!m_context.dry_run && !batch.empty()) m_warehouse.write(batch);
}

WritingThread::WritingThread(BoundedQueue<QueueItem>& queue, JobWriter& writer)
    : m_queue(queue), m_thread([this, &queue, &writer] {
          try {
              const auto next = [&] { return queue.pop(written_together, writing_patience); };
              for (auto items = next(); !items.empty(); items = next())
                  writer.write(std::move(items));
          } catch (...) {
              m_failure = std::current_exception();
              queue.close();
          }
      }) {}

WritingThread::~WritingThread() { m_queue.close(); }

void WritingThread::finish() {
    m_queue.close();
    m_thread.join();
    if (m_failure) std::rethrow_exception(m_failure);
}

} // namespace tidemark
