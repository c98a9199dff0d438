#pragma once

#include "attribution/task_runs.hpp"
#include "sync/closing.hpp"
#include "sync/keys.hpp"
#include "sync/plan.hpp"
#include "sync/queue.hpp"
#include "sync/sync_log.hpp"
#include "templates/counts.hpp"

#include <exception>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <thread>
#include <unordered_set>
#include <vector>

namespace tidemark {
/// Common values of all rows that one sync writes.
struct WriteContext {
    Key sync_run_key = 0;
    Timestamp started_at; ///< of the sync, for `first_seen_at`, `changed_at` and similar columns
    Clock now = system_now;
    bool dry_run = false; ///< store nothing
    const Config& config;
};

/// The writing side of a sync: makes batches from chunks, and watermarks from the ends of bodies.
/// All references must outlive the writer.
class JobWriter {
public:
    /// `done` is called with the report of each finished job.
    JobWriter(const JobPlans& plans, Warehouse& warehouse, KeyAllocator& keys,
              const Attribution& attribution, const WriteContext& context,
              std::function<void(JobReport)> done);

    /// Stores the new rows, such as jobs, before anything refers to them.
    void store_new_rows() { store({}); }

    /// Stores chunks and then the ends of jobs: those that came together are written together.
    void write(std::vector<QueueItem> items);

private:
    /// The state of a job that is being written.
    struct Progressing {
        const JobPlan* plan = nullptr;
        std::unordered_set<std::uint64_t> known_rejections; ///< hashes
        SyncCounts counts;
        std::int64_t doubtful = 0;      ///< executions with newly found doubtful moments
        std::int64_t refused = 0;       ///< executions that are stored for another job
        RejectionTally refused_tally{}; ///< of those
    };

    void write(std::vector<Chunk> chunks);
    /// Stores chunks in one batch. No execution is in two of them.
    void write_together(std::span<Chunk> chunks);
    /// Stores the ends of jobs in one batch: lost and abandoned executions, missing history,
    /// watermarks, the sync log.
    void write(std::vector<JobEnd> ends);
    /// `closed`: null when the body was not read.
    JobReport add(Batch& batch, JobEnd end, ClosedBody* closed);
    void add(Batch& batch, Progressing& job, ReceivedExecution received,
             const KnownExecution* known);
    void add_new(Batch& batch, Progressing& job, ReceivedExecution received);
    void add_changed(Batch& batch, Progressing& job, ReceivedExecution received,
                     const KnownExecution& known);
    void add_without_lines(Batch& batch, Progressing& job, ReceivedExecution received,
                           const KnownExecution& known);
    /// Adds the new state of a stored execution with all its lines; the caller removes lines that
    /// are not to be written.
    ExecutionRow& add_again(Batch& batch, Progressing& job, ReceivedExecution received,
                            const KnownExecution& known);
    void reject(Batch& batch, Progressing& job, Rejection rejection);
    /// The written executions may be missing in the archive: makes the next sync read the job's
    /// body whole, unless the end of this body says otherwise.
    void read_whole_next(Batch& batch, const Progressing& job);
    /// Resolves rejected records: one of an execution when the execution was in the body without
    /// rejected parts, one without an id when the body was read whole and no longer contains it.
    void resolve(Batch& batch, const Progressing& job, const BodySummary& body) const;
    /// Counts rejected records that are not kept, unless an earlier sync has reported them.
    static void report_beyond(const Progressing& job, const RejectionTally& rejected,
                              JobReport& report);
    std::vector<TaskRunRow> with_keys(std::vector<TaskRun> runs);
    void add(Batch& batch, const JobPlan& plan, const JobEnd& end, ClosedBody& closed,
             JobReport& report);
    void store(Batch batch);

    std::map<Key, Progressing> m_jobs;
    std::set<Key> m_to_read_whole; ///< jobs whose stored watermark says so for now
    Warehouse& m_warehouse;
    KeyAllocator& m_keys;
    const Attribution& m_attribution;
    ShapeTally m_shapes; ///< of the batch under way
    WriteContext m_context;
    std::function<void(JobReport)> m_done;
};

/// The second thread of a sync: pops items from the queue and writes them, until the queue is
/// closed. When the writer throws, the thread closes the queue.
class WritingThread {
public:
    /// Both references must outlive the thread.
    WritingThread(BoundedQueue<QueueItem>& queue, JobWriter& writer);

    /// Waits until the queued items are written.
    ~WritingThread();

    WritingThread(const WritingThread&) = delete;
    WritingThread& operator=(const WritingThread&) = delete;

    /// The same, and rethrows an exception of the writer.
    void finish();

private:
    BoundedQueue<QueueItem>& m_queue;
    std::exception_ptr m_failure;
    std::jthread m_thread;
};

} // namespace tidemark
