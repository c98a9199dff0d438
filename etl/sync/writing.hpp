#pragma once

#include "attribution/task_runs.hpp"
#include "sync/keys.hpp"
#include "sync/plan.hpp"
#include "sync/queue.hpp"
#include "sync/sync_log.hpp"
#include "templates/counts.hpp"

#include <exception>
#include <functional>
#include <map>
#include <set>
#include <thread>
#include <unordered_set>

namespace tidemark {
/// What holds for all that one sync writes.
struct WriteContext {
    Key sync_run_key = 0;
    Timestamp started_at; ///< the sync's: of `first_seen_at`, `changed_at` and their like
    Clock now = system_now;
    bool dry_run = false; ///< decide everything, store nothing
    const Config& config;
};

/// The writing side of a sync: turns what was read into batches, and the end of a job's body into
/// its watermark. All references outlive the writer.
class JobWriter {
public:
    /// `done` receives the report of each job that ends.
    JobWriter(const JobPlans& plans, Warehouse& warehouse, KeyAllocator& keys,
              const Attribution& attribution, const WriteContext& context,
              std::function<void(JobReport)> done);

    /// Stores the new rows, such as jobs, before anything refers to them.
    void store_new_rows() { store({}); }

    /// Stores a chunk in one batch.
    void write(Chunk chunk);

    /// Stores what the end of a job means in one batch: what is lost, abandoned or missing, the
    /// watermark, the sync log.
    void write(JobEnd end);

private:
    /// Of a job under way.
    struct Progressing {
        const JobPlan* plan = nullptr;
        std::unordered_set<std::uint64_t> known_rejections; ///< hashes
        SyncCounts counts;
        std::int64_t doubtful = 0; ///< executions that this sync found to hold doubtful moments
        std::int64_t refused = 0;  ///< executions that another job holds
        RejectionTally refused_tally{}; ///< of those
    };

    void add(Batch& batch, Progressing& job, ReceivedExecution received,
             const KnownExecution* known);
    void add_new(Batch& batch, Progressing& job, ReceivedExecution received);
    void add_changed(Batch& batch, Progressing& job, ReceivedExecution received,
                     const KnownExecution& known);
    void add_without_lines(Batch& batch, Progressing& job, ReceivedExecution received,
                           const KnownExecution& known);
    /// One that is stored, as it is now; with all its lines, of which the caller leaves those that
    /// are to be written.
    ExecutionRow& add_again(Batch& batch, Progressing& job, ReceivedExecution received,
                            const KnownExecution& known);
    void reject(Batch& batch, Progressing& job, Rejection rejection);
    /// No archive has what is written: unless the body's end says otherwise, the job's next one is
    /// read whole, so that an archive gets it then.
    void read_whole_next(Batch& batch, const Progressing& job);
    /// A rejected record that the body no longer holds is resolved: one of an execution when that
    /// was in the body with no part rejected, one without an id when the body was read whole.
    void resolve(Batch& batch, const Progressing& job, const BodySummary& body) const;
    /// Counts what was rejected beyond what is kept, unless an earlier sync has told of it.
    static void report_beyond(const Progressing& job, const RejectionTally& rejected,
                              JobReport& report);
    std::vector<TaskRunRow> with_keys(std::vector<TaskRun> runs);
    void close_body(Batch& batch, const JobPlan& plan, const JobEnd& end, JobReport& report);
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

/// The second thread of a sync: takes messages from the queue and has them written, until the queue
/// is closed. When the writer throws, it closes the queue itself.
class WritingThread {
public:
    /// Both references outlive the thread.
    WritingThread(BoundedQueue<QueueItem>& queue, JobWriter& writer);

    /// Lets what is queued be written, and waits for that.
    ~WritingThread();

    WritingThread(const WritingThread&) = delete;
    WritingThread& operator=(const WritingThread&) = delete;

    /// The same, and rethrows what the writer threw.
    void finish();

private:
    BoundedQueue<QueueItem>& m_queue;
    std::exception_ptr m_failure;
    std::jthread m_thread;
};

} // namespace tidemark
