#pragma once

#include "model/execution.hpp"
#include "model/task_run.hpp"
#include "source/source.hpp"
#include "warehouse/rows.hpp"

#include <chrono>
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

/// The queue between the reading and the writing thread, and its items.
namespace tidemark {
/// An execution that may be new or changed, with the task runs of its own log.
struct ReceivedExecution {
    Execution execution;
    std::vector<TaskRun> task_runs;
    ExecutionReadingRow reading; ///< the writer sets its key
    bool again = false;          ///< an earlier version in the same body was sent before
};

/// Some executions of one job, each once, to be stored in one batch.
struct Chunk {
    Key job_key = 0;
    std::vector<ReceivedExecution> executions;
    std::vector<ExecutionReadingRow> readings; ///< of unchanged ones that are stored without
    std::vector<Rejection> rejections;
    std::size_t weight = 0; ///< about the bytes of memory that it needs
    bool unarchived = true; ///< it may not be completely in an archive
};

/// A summary of a job's body.
struct BodySummary {
    std::int64_t executions = 0; ///< in the body, repetitions included
    std::int64_t unreadable = 0; ///< of these, completely rejected ones
    std::int64_t settled =
        0; ///< of these, ones that were not compared because they are stored or pruned
    std::int64_t repeated = 0;   ///< of these, further versions of compared ones
    std::int64_t held_later = 0; ///< left out, as `LogReader::held_later` says
    bool is_past = false;        ///< of an older source: what is not in it may not be gone
    std::int64_t bytes = 0;
    std::optional<Timestamp> oldest_created_at; ///< not ahead of now
    std::optional<Timestamp>
        newest_moment; ///< of a creation, an end or a log line; not ahead of now
    std::unordered_set<Guid> pending_seen;  ///< in the body, and open or incomplete before
    std::unordered_set<Guid> seen_complete; ///< of these, ones without a rejected part
    BodyReading reading = BodyReading::whole;
    std::optional<BodyOrder> order; ///< null: too few executions
    /// It holds an execution that was stored when the history was last read whole, so nothing lies
    /// between the two, whatever moments it has now.
    bool overlaps = false;
    RejectionTally rejected;
};

/// The end of a job: its body was read, or it failed.
struct JobEnd {
    Key job_key = 0;
    Timestamp started_at;
    BodySummary body;
    BodyVersion version; ///< of the body
    std::optional<std::string> error;
    std::optional<std::string> archive_mark;    ///< null: the archive lacks a part of the body
    std::optional<std::string> archive_problem; ///< why the archive lacks a part
};

using QueueItem = std::variant<Chunk, JobEnd>;

/// A queue between two threads. `push` waits while it is full: it holds at most `capacity` values,
/// and those in it weigh, together with those that were popped last, at most `most_weight`.
template <typename T> class BoundedQueue {
public:
    BoundedQueue(std::size_t capacity, std::size_t most_weight)
        : m_capacity(capacity), m_most_weight(most_weight) {}

    /// Waits for room. A value that is heavier than the queue allows is alone: `push` waits until
    /// no other is left, and then until this one was popped and the next is asked for. Returns
    /// false when the queue is closed; a value that was not pushed is dropped.
    bool push(T value, std::size_t weight) {
        std::unique_lock lock(m_mutex);
        m_room.wait(lock, [&] { return m_closed || has_room(weight); });
        if (m_closed) return false;
        m_values.push_back({std::move(value), weight});
        m_weight += weight;
        m_filled.notify_one();
        if (weight <= m_most_weight) return true;
        m_room.wait(lock, [&] { return m_closed || m_weight == 0; });
        return !m_closed;
    }

    /// Waits for a value, and then at most `patience` for more. Returns it with those that wait
    /// behind it, as long as all of them weigh at most `most_together`. What was popped before no
    /// longer counts. Returns nothing when the queue is closed and empty.
    std::vector<T> pop(std::size_t most_together, std::chrono::milliseconds patience = {}) {
        std::unique_lock lock(m_mutex);
        m_weight -= std::exchange(m_popped_weight, 0);
        m_room.notify_one();
        m_filled.wait(lock, [&] { return m_closed || !m_values.empty(); });
        m_filled.wait_for(lock, patience, [&] {
            return m_closed || m_weight >= most_together || m_values.size() >= m_capacity / 2;
        });
        std::vector<T> popped;
        while (!m_values.empty() &&
               (popped.empty() || m_popped_weight + m_values.front().weight <= most_together)) {
            popped.push_back(std::move(m_values.front().value));
            m_popped_weight += m_values.front().weight;
            m_values.pop_front();
        }
        m_room.notify_one();
        return popped;
    }

    /// Ends `push`; values in the queue can still be popped.
    void close() {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
        m_filled.notify_all();
        m_room.notify_all();
    }

private:
    struct Weighed {
        T value;
        std::size_t weight = 0;
    };

    [[nodiscard]] bool has_room(std::size_t weight) const {
        return m_values.size() < m_capacity &&
               (m_weight == 0 || m_weight + weight <= m_most_weight);
    }

    const std::size_t m_capacity;
    const std::size_t m_most_weight;
    std::size_t m_weight = 0;
    std::size_t m_popped_weight = 0; ///< of the values that were popped last
    std::mutex m_mutex;
    std::condition_variable m_room;
    std::condition_variable m_filled;
    std::deque<Weighed> m_values;
    bool m_closed = false;
};

} // namespace tidemark
