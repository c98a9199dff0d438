#pragma once

#include "sync/bounded_queue.hpp"
#include "sync/job_writer.hpp"
#include "sync/messages.hpp"

#include <exception>
#include <thread>

namespace tidemark {

/// The second thread of a sync: takes messages from the queue and has them written, until the queue
/// is closed. When the writer throws, it closes the queue itself.
class WritingThread {
public:
    /// Both references outlive the thread.
    WritingThread(BoundedQueue<Message>& queue, JobWriter& writer);

    /// Lets what is queued be written, and waits for that.
    ~WritingThread();

    WritingThread(const WritingThread&) = delete;
    WritingThread& operator=(const WritingThread&) = delete;

    /// The same, and rethrows what the writer threw.
    void finish();

private:
    BoundedQueue<Message>& m_queue;
    std::exception_ptr m_failure;
    std::jthread m_thread;
};

} // namespace tidemark
