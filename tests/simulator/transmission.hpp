#pragma once

#include "simulator/reply.hpp"
#include "simulator/stats.hpp"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>

namespace httplib {
struct Response;
}

namespace simulator {

/// Whether the program is ending, for those who wait. Any thread.
class Closing {
public:
    void begin();
    [[nodiscard]] bool begun() const;

    /// Waits so long, or until it begins. Returns whether it has begun.
    bool wait_for(std::chrono::milliseconds time);

private:
    mutable std::mutex m_mutex;
    std::condition_variable m_condition;
    bool m_begun = false;
};

/// Counts a request as under way for as long as it lives.
class ActiveRequest {
public:
    explicit ActiveRequest(Stats& stats) : m_stats(stats) {}
    ~ActiveRequest() { m_stats.end(); }
    ActiveRequest(const ActiveRequest&) = delete;
    ActiveRequest& operator=(const ActiveRequest&) = delete;
    [[nodiscard]] Stats& stats() const { return m_stats; }

private:
    Stats& m_stats;
};

/// Hands a reply to httplib, to be sent as it asks. `client_port` tells the connection.
void transmit(Reply reply, httplib::Response& response, std::shared_ptr<ActiveRequest> active,
              Closing& closing, int client_port);

} // namespace simulator
