#pragma once

#include "archive/archive.hpp"
#include "model/time.hpp"
#include "source/source.hpp"
#include "sync/body_reader.hpp"
#include "sync/plan.hpp"
#include "sync/queue.hpp"
#include "sync/sync_log.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>

namespace tidemark {
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
    bool holds(const Job& job) override;
    std::unordered_set<Guid> held_later(const Job& job,
                                        std::span<const std::string> executions) override;
    bool lacks_lines(const Job& job, const std::string& execution) override;
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
    std::map<Guid, std::int64_t> m_held_later; ///< how many executions, by job
    std::uint64_t m_executions = 0;            ///< of the bodies that were read to their end
    std::uint64_t m_bytes = 0;
};

} // namespace tidemark
