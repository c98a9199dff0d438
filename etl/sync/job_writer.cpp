#include "sync/job_writer.hpp"

#include "sync/execution_versions.hpp"
#include "sync/merge.hpp"
#include "sync/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace tidemark {
namespace {

/// An execution that some other job of this warehouse already holds.
Rejection held_by_another_job(const Execution& execution) {
    return {.place = "Id",
            .reason = "this execution is stored as another job's",
            .record = fmt::format(R"({{"Id":"{}"}})", to_text(execution.id)),
            .content_hash = execution.content_hash,
            .execution_id = execution.id};
}

bool is_order_broken(const JobPlan& plan, const BodySummary& body) {
    return plan.stop && body.order && body.order != BodyOrder::newest_first;
}

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

void JobWriter::write(Chunk chunk) {
    Progressing& job = m_jobs.at(chunk.job_key);
    Batch batch;
    const auto known =
        find_known(m_warehouse, chunk.executions,
                   [](const ReceivedExecution& received) { return received.execution.id; });
    for (ReceivedExecution& received : chunk.executions) {
        const auto found = known.find(received.execution.id);
        add(batch, job, std::move(received), found == known.end() ? nullptr : &found->second);
    }
    std::move(chunk.readings.begin(), chunk.readings.end(), std::back_inserter(batch.readings));
    for (Rejection& rejection : chunk.rejections)
        reject(batch, job, std::move(rejection));
    batch.shape_lines = m_shapes.release(m_attribution);
    if (chunk.unarchived) read_whole_next(batch, job);
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
        Rejection rejection = held_by_another_job(received.execution);
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

void JobWriter::write(JobEnd end) {
    const Progressing& job = m_jobs.at(end.job_key);
    end.body.rejected.add_beyond(job.refused_tally);
    JobReport report{.name = job.plan->job.name,
                     .counts = job.counts,
                     .error = end.error,
                     .doubtful = job.doubtful,
                     .reading = end.body.reading,
                     .archive_problem = end.archive_problem};
    report.counts.bytes = end.body.bytes;
    report.counts.executions_skipped = end.body.settled;
    report.counts.executions_unchanged = std::max<std::int64_t>(
        0, end.body.executions - end.body.unreadable - end.body.repeated - end.body.settled -
               job.refused - job.counts.executions_new - job.counts.executions_changed);
    Batch batch;
    const bool was_read = !end.error && end.body.reading != BodyReading::unchanged;
    if (was_read) close_body(batch, *job.plan, end, report);
    if (was_read) resolve(batch, job, end.body);
    if (was_read && end.body.reading == BodyReading::whole)
        report_beyond(job, end.body.rejected, report);
    batch.sync_jobs.push_back(
        {.sync_run_key = m_context.sync_run_key,
         .job_key = end.job_key,
         .started_at = end.started_at,
         .ended_at = m_context.now(),
         .outcome = outcome_of(report),
         .counts = report.counts,
         .error = end.error,
         .reading = end.error ? std::nullopt : std::optional{end.body.reading}});
    store(std::move(batch));
    m_done(std::move(report));
}

void JobWriter::close_body(Batch& batch, const JobPlan& plan, const JobEnd& end,
                           JobReport& report) {
    const JobHistory& before = plan.history;
    const BodySummary& body = end.body;
    JobHistory stored = m_warehouse.history(plan.job_key);
    const Timestamp after_now = plan.now + Timestamp::duration{1};
    stored.newest_created_at = m_warehouse.newest_created_before(plan.job_key, after_now);
    Conclusion conclusion =
        conclude(before, stored, body, m_context.started_at, m_context.config.sync.abandoned_after);
    report.open = conclusion.open;
    report.lost = conclusion.lost;
    report.abandoned = conclusion.abandoned;
    report.missing = conclusion.missing;
    report.loaded_through = stored.newest_created_at;
    if (conclusion.oldest_held && *conclusion.oldest_held < after_now) {
        report.loaded_through =
            m_warehouse.newest_created_before(plan.job_key, *conclusion.oldest_held);
    }

    batch.marks = std::move(conclusion.marks);
    report.order_broken = is_order_broken(plan, body);
    const WatermarkRow watermark = remembering_body(
        {.job_key = plan.job_key,
         .loaded_through = report.loaded_through,
         .read_through = stored.newest_created_at,
         .open_executions = report.open},
        before.watermark, end, read_settings(m_context.config, end.archive_mark.value_or("")));
    if (before.watermark != std::optional{watermark} || m_to_read_whole.contains(plan.job_key))
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
              while (auto item = queue.pop()) {
                  std::visit([&](auto& value) { writer.write(std::move(value)); }, *item);
              }
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
