#pragma once

#include "attribution/task_runs.hpp"
#include "parse/array_splitter.hpp"
#include "parse/execution_parser.hpp"
#include "source/source.hpp"
#include "sync/body_versions.hpp"
#include "sync/keeping.hpp"
#include "sync/plan.hpp"
#include "sync/queue.hpp"
#include "sync/sync_log.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

namespace tidemark {
/// Reads the body of one job while it arrives: splits it into executions, skips those that are
/// settled and stored, decides between versions of one execution, and passes new and changed
/// executions with their task runs on in chunks. It stops when all further executions are settled.
class BodyReader {
public:
    using ChunkSink = std::function<void(Chunk)>;

    /// `known` is the warehouse with the stored executions. `keeper`, which may be null, keeps each
    /// execution in an archive. All references must outlive the reader.
    BodyReader(const JobPlan& plan, const SourceConfig& source, Warehouse& known,
               const Attribution& attribution, ChunkSink sink, BodyKeeper* keeper = nullptr);

    /// See `LogReader::bytes`.
    bool bytes(std::string_view chunk);

    /// Sends the rest. Returns whether the array was closed, or the reader stopped.
    bool end();

    [[nodiscard]] const BodySummary& summary() const { return m_summary; }

private:
    /// An element that waits until it is known whether its execution, or one before it, is stored.
    struct Waiting {
        ArrayElement element; ///< without its bytes: these end at `end` in `m_waiting_json`
        std::size_t end = 0;
        std::optional<Guid>
            settled;         ///< the id of an execution that is not parsed when it is stored
        bool pruned = false; ///< it is not parsed when it is not stored either
    };
    struct Received {
        Execution execution;
        std::size_t bytes = 0; ///< of its JSON
    };

    bool add(const ArrayElement& element);
    void wait(const ArrayElement& element, const std::optional<Guid>& settled, bool pruned = false);
    void parse_what_waited();
    void parse(const ArrayElement& element);
    [[nodiscard]] bool was_pruned(const Execution& execution);
    void observe(const Guid& id, Timestamp created_at);
    void note_if_pending(const Guid& id);
    void observe_moment(Timestamp moment);
    void receive(Execution execution, const ArrayElement& element, std::int64_t time_trend);
    [[nodiscard]] bool is_newest_first() const;
    void compare_received();
    void add_to_chunk(Execution execution);
    /// Whether a version that differs from the stored one must wait for the rest of the body.
    [[nodiscard]] bool is_held_back(const KnownExecution& stored, const Execution& version) const;
    void send_held_back();
    void send();

    const JobPlan& m_plan;
    Warehouse& m_known;
    const Attribution& m_attribution;
    ChunkSink m_sink;
    BodyKeeper* m_keeper;
    ArraySplitter m_splitter;
    ExecutionParser m_parser;
    BodyWatch m_watch;
    BodyVersions m_versions;
    BodySummary m_summary;
    std::vector<Waiting> m_waiting;
    std::string m_waiting_json;
    std::vector<Received> m_received;     ///< not compared yet
    std::unordered_set<Guid> m_trendless; ///< of those: their times do not say which way lines come
    std::int64_t m_time_trend = 0;        ///< of the log lines of all executions so far
    std::size_t m_received_bytes = 0;     ///< of their JSON and of what was rejected
    /// Versions that differ from the stored one without a higher rank. When the stored version also
    /// comes in this body, it counts, and nothing changes.
    std::vector<Received> m_held_back;
    std::size_t m_held_back_bytes = 0; ///< of their JSON
    Chunk m_chunk;
    std::string m_mask; ///< of the message that is looked at
};

/// Thrown on the reading thread after the writing thread has failed. `WritingThread::finish` throws
/// the reason.
struct WriterStopped {};

/// The reading side of a sync: it has a BodyReader for each body that is being read, and pushes
/// their chunks into the queue.
class QueueingReader : public LogReader {
public:
    /// All references must outlive the reader. Only this thread may use `known`. `archive` may be
    /// null.
    QueueingReader(const JobPlans& plans, const SourceConfig& source, Warehouse& known,
                   const Attribution& attribution, BoundedQueue<QueueItem>& queue, Clock now,
                   Progress& progress, Archive* archive);

    BodyVersion stored_version(const Job& job) override;
    void begin(const Job& job) override;
    bool bytes(const Job& job, std::string_view chunk) override;
    BodyState end(const Job& job) override;
    void succeeded(const Job& job, const BodyVersion& version) override;
    void unchanged(const Job& job) override;
    void failed(const Job& job, const std::string& why) override;

    /// After an interruption: sends the executions that were received completely, so that they are
    /// stored.
    void send_complete();

private:
    struct Reading {
        Timestamp started_at;
        std::unique_ptr<BodyKeeper> keeper{}; ///< null without an archive
        std::unique_ptr<BodyReader> body{};
    };

    void push(QueueItem item);
    /// Completes and sends the end of a job.
    void finish(const Job& job, JobEnd end);

    const JobPlans& m_plans;
    const SourceConfig& m_source;
    Warehouse& m_known;
    const Attribution& m_attribution;
    BoundedQueue<QueueItem>& m_queue;
    Clock m_now;
    Progress& m_progress;
    Archive* m_archive;
    std::map<Guid, Reading> m_readings;
    std::uint64_t m_executions = 0; ///< of the bodies that were read to their end
    std::uint64_t m_bytes = 0;
};

} // namespace tidemark
