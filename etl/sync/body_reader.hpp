#pragma once

#include "archive/archive.hpp"
#include "attribution/task_runs.hpp"
#include "parse/array_splitter.hpp"
#include "parse/execution_parser.hpp"
#include "source/source.hpp"
#include "sync/execution_versions.hpp"
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
    /// When an element is skipped without parsing.
    enum class Skipped {
        never,
        when_stored,
        when_stored_with_same_bytes,
        always, ///< it was pruned
    };
    /// An element that waits until it is known whether it, or one before it, is skipped.
    struct Waiting {
        ArrayElement element; ///< its bytes end at `end` in `m_waiting_json`
        std::size_t end = 0;
        Skipped skipped = Skipped::never;
        Guid id; ///< nil when it is never skipped
    };
    struct Received {
        Execution execution;
        ExecutionReadingRow reading; ///< without a key
        std::size_t bytes = 0;       ///< about the memory that it needs
    };

    bool add(const ArrayElement& element);
    [[nodiscard]] Skipped skipped(const std::optional<ExecutionHead>& head) const;
    void wait(const ArrayElement& element, Skipped skipped, const Guid& id);
    void parse_what_waited();
    [[nodiscard]] std::vector<Guid> waiting_ids(Skipped skipped) const;
    /// Skips an element with the bytes of the stored version. Returns whether it was skipped.
    bool skip(const KnownExecution& stored, const ArrayElement& element);
    void parse(const ArrayElement& element);
    void observe(const Guid& id, Timestamp created_at);
    void note_if_pending(const Guid& id);
    void observe_moment(Timestamp moment);
    [[nodiscard]] ExecutionReadingRow reading_of(const Execution& execution, std::string_view json,
                                                 std::int64_t time_trend) const;
    void receive(Execution execution, const ArrayElement& element, std::int64_t time_trend);
    [[nodiscard]] bool is_newest_first() const;
    void send_if_large();
    void compare_received();
    void add_to_chunk(Received received);
    void add_missing_reading(const KnownExecution& stored, ExecutionReadingRow reading);
    void note_overlap(const KnownExecution& stored);
    /// Whether a version that differs from the stored one must wait for the rest of the body.
    [[nodiscard]] bool is_held_back(const KnownExecution& stored, const Execution& version) const;
    void send_held_back();
    void send();

    const JobPlan& m_plan;
    Warehouse& m_known;
    const Attribution& m_attribution;
    std::uint64_t m_reading_seed;
    ChunkSink m_sink;
    BodyKeeper* m_keeper;
    ArraySplitter m_splitter;
    ExecutionParser m_parser;
    BodyWatch m_watch;
    ExecutionVersions m_versions;
    BodySummary m_summary;
    std::vector<Waiting> m_waiting;
    std::string m_waiting_json;
    std::vector<Received> m_received;     ///< not compared yet
    std::unordered_set<Guid> m_trendless; ///< of those: their times do not say which way lines come
    std::int64_t m_time_trend = 0;        ///< of the log lines of all executions so far
    std::size_t m_received_bytes = 0;     ///< that they need, and of what was rejected
    /// Versions that differ from the stored one without a higher rank. When the stored version also
    /// comes in this body, it counts, and nothing changes.
    std::vector<Received> m_held_back;
    std::size_t m_held_back_bytes = 0; ///< that they need
    Chunk m_chunk;
    std::string m_mask; ///< of the message that is looked at
};

} // namespace tidemark
