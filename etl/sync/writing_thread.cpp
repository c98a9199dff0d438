#include "sync/writing_thread.hpp"

#include <utility>

namespace tidemark {

WritingThread::WritingThread(BoundedQueue<Message>& queue, JobWriter& writer)
    : m_queue(queue), m_thread([this, &queue, &writer] {
          try {
              while (auto message = queue.pop()) {
                  std::visit([&](auto& value) { writer.write(std::move(value)); }, *message);
              }
          } catch (...) {
              m_failure = std::current_exception();
              queue.close();
          }
      }) {}

WritingThread::~WritingThread() { m_queue.close(); }

void WritingThread::finish() {
    m_queue.close();
    m_thread.join();
    if (m_failure) std::rethrow_exception(m_failure);
}

} // namespace tidemark
