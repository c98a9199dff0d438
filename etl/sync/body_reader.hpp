#pragma once

#include "attribution/attribution.hpp"
#include "parse/array_splitter.hpp"
#include "parse/execution_parser.hpp"
#include "sync/body_watch.hpp"
#include "sync/job_plan.hpp"
#include "sync/messages.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <unordered_set>
#include <vector>

namespace tidemark {

/// Reads one job's body as it arrives: cuts it into executions, passes over those that are settled
/// or unchanged, and hands on the others in chunks, each with its task runs. Has enough when all
/// that is left is settled.
class BodyReader {
public:
    using ChunkSink = std::function<void(Chunk)>;

    /// `known` is asked which executions are stored. All references outlive the reader.
    BodyReader(const JobPlan& plan, const SourceConfig& source, Warehouse& known,
               const Attribution& attribution, ChunkSink sink);

    /// As `LogReader::bytes`.
    bool bytes(std::string_view chunk);

    /// Hands on what is left. Returns whether the array was closed, or the reader had enough.
    bool end();

    [[nodiscard]] const BodySummary& summary() const { return m_summary; }

private:
    bool take(const ArrayElement& element);
    void parse(const ArrayElement& element);
    void see(const Guid& id, Timestamp created_at);
    void note_if_pending(const Guid& id);
    void receive(Execution execution, std::int64_t time_trend);
    [[nodiscard]] bool is_newest_first() const;
    void hand_on();

    const JobPlan& m_plan;
    Warehouse& m_known;
    const Attribution& m_attribution;
    ChunkSink m_sink;
    ArraySplitter m_splitter;
    ExecutionParser m_parser;
    BodyWatch m_watch;
    BodySummary m_summary;
    std::vector<Execution> m_received;    ///< since the last chunk
    std::unordered_set<Guid> m_trendless; ///< of those: their times do not say which way lines come
    std::int64_t m_time_trend = 0;        ///< of the log lines of all executions so far
    std::vector<Rejection> m_rejections;
    std::size_t m_received_bytes = 0; ///< of their JSON
    std::string m_mask;               ///< of the message that is looked at
};

} // namespace tidemark
