#include "source/pace.hpp"

#include <algorithm>
#include <utility>

namespace tidemark {
namespace {

constexpr std::chrono::seconds longest_gap{1};
constexpr int stalls_in_a_window = 10;
constexpr std::uint64_t least_bytes_a_second = 100;

} // namespace

Pace::Result Pace::check(std::uint64_t received, Clock::time_point now) {
    const auto before = std::exchange(m_looked_at, now);
    if (before == Clock::time_point{}) return Result::goes_on;
    const auto passed = std::min<Clock::duration>(now - before, longest_gap);
    m_silence = received == m_received ? m_silence + passed : Clock::duration::zero();
    m_received = received;
    if (m_silence >= m_stall_timeout) return Result::stalled;

    m_window += passed;
    const auto window = m_stall_timeout * stalls_in_a_window;
    if (m_window < window) return Result::goes_on;
    const auto least = least_bytes_a_second * static_cast<std::uint64_t>(window.count());
    if (received - m_window_received < least) return Result::trickles;
    m_window = {};
    m_window_received = received;
    return Result::goes_on;
}

} // namespace tidemark
