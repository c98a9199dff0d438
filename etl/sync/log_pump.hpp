#pragma once

#include "source/source.hpp"
#include "sync/body_reader.hpp"
#include "sync/bounded_queue.hpp"
#include "sync/progress.hpp"

#include <map>
#include <memory>

namespace tidemark {

/// Thrown on the reading thread when the writing thread has given up; its own error says why.
struct WriterStopped {};

/// The reading side of a sync: a body reader per job under way, whose chunks go into the queue.
class LogPump : public LogReader {
public:
    /// All references outlive the pump. `known` is for this thread alone.
    LogPump(const JobPlans& plans, const SourceConfig& source, Warehouse& known,
            const Attribution& attribution, BoundedQueue<Message>& queue, Clock now,
            Progress& progress);

    BodyVersion stored_version(const Job& job) override;
    void begin(const Job& job) override;
    bool bytes(const Job& job, std::string_view chunk) override;
    BodyState end(const Job& job) override;
    void succeeded(const Job& job, const BodyVersion& version) override;
    void unchanged(const Job& job) override;
    void failed(const Job& job, const std::string& why) override;

    /// The reading was interrupted: lets the executions that came whole be written all the same.
    void hand_on_what_is_whole();

private:
    struct Reading {
        Timestamp started_at;
        std::unique_ptr<BodyReader> body;
    };

    void push(Message message);
    /// Takes what the job's end is made of, and fills in the rest.
    void finish(const Job& job, JobEnd end);

    const JobPlans& m_plans;
    const SourceConfig& m_source;
    Warehouse& m_known;
    const Attribution& m_attribution;
    BoundedQueue<Message>& m_queue;
    Clock m_now;
    Progress& m_progress;
    std::map<Guid, Reading> m_readings;
    std::uint64_t m_executions = 0; ///< of the bodies that were read to their end
    std::uint64_t m_bytes = 0;
};

} // namespace tidemark
