#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

namespace tidemark {

/// Detects a response that has stalled or is too slow, from the number of bytes at each check. Time
/// in which this program was busy and did not check does not count.
class Pace {
public:
    using Clock = std::chrono::steady_clock;

    enum class Result {
        goes_on,
        stalled, ///< nothing arrived for `stall_timeout`
        trickles ///< over ten times `stall_timeout` fewer than 100 bytes a second arrived
    };

    explicit Pace(std::chrono::seconds stall_timeout) : m_stall_timeout(stall_timeout) {}

    /// `received`: all bytes so far.
    Result check(std::uint64_t received, Clock::time_point now);

private:
    std::chrono::seconds m_stall_timeout;
    Clock::time_point m_looked_at;
    Clock::duration m_silence{};
    Clock::duration m_window{};          ///< since its first check
    std::uint64_t m_received = 0;        ///< at the last check
    std::uint64_t m_window_received = 0; ///< when the window began
};

} // namespace tidemark
