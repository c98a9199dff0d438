#pragma once

#include "model/execution.hpp"
#include "model/task_run.hpp"
#include "source/source.hpp"
#include "warehouse/rows.hpp"

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

/// What the reading thread hands to the writing thread.
namespace tidemark {
/// An execution that may be new or changed, with the task runs of its own log.
struct ReceivedExecution {
    Execution execution;
    std::vector<TaskRun> task_runs;
    bool again = false; ///< a version that tells less was handed on before, out of the same body
};

/// Some executions of one job, each once: what is stored in one batch.
struct Chunk {
    Key job_key = 0;
    std::vector<ReceivedExecution> executions;
    std::vector<Rejection> rejections;
    bool unarchived = true; ///< no archive is known to have all of it
};

/// What a job's body showed, beyond its executions.
struct BodySummary {
    std::int64_t executions = 0; ///< in the body, each time that it stands there
    std::int64_t unreadable = 0; ///< of those, the ones that were rejected whole
    std::int64_t settled = 0;    ///< of those, the ones that were not compared: stored, or pruned
    std::int64_t repeated = 0;   ///< of those, further versions of one that was compared
    std::int64_t bytes = 0;
    std::optional<Timestamp> oldest_created_at; ///< of those that are not ahead of now
    std::optional<Timestamp> newest_moment;     ///< creation, end or log line, not ahead of now
    std::unordered_set<Guid> pending_seen;      ///< of those that were open or incomplete before
    std::unordered_set<Guid> seen_complete; ///< of these, the ones without a part that was rejected
    BodyReading reading = BodyReading::whole;
    std::optional<BodyOrder> order; ///< nullopt: too few executions to tell
    RejectionTally rejected;
};

/// A job was read to its end, or failed.
struct JobEnd {
    Key job_key = 0;
    Timestamp started_at;
    BodySummary body;
    BodyVersion version; ///< of the body, as the source calls it
    std::optional<std::string> error;
    std::optional<std::string> archive_mark; ///< when the archive has all of the body that was read
    std::optional<std::string> archive_problem; ///< why it lacks a part
};

using QueueItem = std::variant<Chunk, JobEnd>;

/// Hands values from one thread to another and makes the giver wait when the taker is behind.
template <typename T> class BoundedQueue {
public:
    explicit BoundedQueue(std::size_t capacity) : m_capacity(capacity) {}

    /// Waits for room. Returns false, and drops the value, once the queue is closed.
    bool push(T value) {
        std::unique_lock lock(m_mutex);
        m_room.wait(lock, [&] { return m_closed || m_values.size() < m_capacity; });
        if (m_closed) return false;
        m_values.push_back(std::move(value));
        m_filled.notify_one();
        return true;
    }

    /// Waits for a value. Returns nullopt when the queue is closed and empty.
    std::optional<T> pop() {
        std::unique_lock lock(m_mutex);
        m_filled.wait(lock, [&] { return m_closed || !m_values.empty(); });
        if (m_values.empty()) return std::nullopt;
        std::optional<T> value{std::move(m_values.front())};
        m_values.pop_front();
        m_room.notify_one();
        return value;
    }

    /// No more values come; those that are there can still be taken.
    void close() {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
        m_filled.notify_all();
        m_room.notify_all();
    }

private:
    const std::size_t m_capacity;
    std::mutex m_mutex;
    std::condition_variable m_room;
    std::condition_variable m_filled;
    std::deque<T> m_values;
    bool m_closed = false;
};

} // namespace tidemark
