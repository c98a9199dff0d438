#include "source/retry.hpp"

#include "model/time.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

namespace tidemark {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

bool is_worth_another_try(int status) {
    switch (status) {
    case 408:
    case 425:
    case 429:
    case 500:
    case 502:
    case 503:
    case 504: return true;
    default: return false;
    }
}

RetryDecision classify_status(int status) {
    if (is_answer(status)) return RetryDecision::success;
    if (status == 401) return RetryDecision::fail_all;
    return is_worth_another_try(status) ? RetryDecision::retry : RetryDecision::fail_one;
}

milliseconds backoff(const RetryPolicy& policy, int failures) {
    const int doublings = std::clamp(failures - 1, 0, 20);
    return std::min(policy.longest, policy.first * (1 << doublings));
}

milliseconds part(milliseconds whole, double share) {
    return std::chrono::duration_cast<milliseconds>(whole * share);
}

std::optional<seconds> parse_seconds(std::string_view value) {
    if (value.empty() || value.find_first_not_of("0123456789") != std::string_view::npos) {
        return std::nullopt;
    }
    int count = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), count);
    return seconds(error == std::errc() ? count : std::numeric_limits<int>::max());
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

} // namespace

bool is_answer(int status) { return status >= 200 && status < 300 && status != 206; }

RetryDecision classify(Fault fault, int status) {
    switch (fault) {
    case Fault::none: return classify_status(status);
    case Fault::unresolved:
    case Fault::unreachable:
    case Fault::timed_out:
    case Fault::no_tls:
    case Fault::broken_off:
    case Fault::garbled:
    case Fault::cut_short: return RetryDecision::retry;
    case Fault::empty: return status == 204 ? RetryDecision::fail_one : RetryDecision::retry;
    case Fault::untrusted: return RetryDecision::fail_all;
    case Fault::foreign_redirect:
    case Fault::redirect_loop:
    case Fault::too_slow:
    case Fault::too_large:
    case Fault::unusable: break;
    }
    return RetryDecision::fail_one;
}

milliseconds retry_delay(const RetryPolicy& policy, int failures, double jitter,
                         std::optional<seconds> retry_after) {
    if (retry_after) {
        const auto bound = std::chrono::ceil<seconds>(policy.longest_retry_after);
        const milliseconds asked = std::clamp(*retry_after, seconds::zero(), bound);
        return std::min(asked, policy.longest_retry_after) + part(policy.first, jitter);
    }
    return part(backoff(policy, failures), (1 + jitter) / 2);
}

std::optional<seconds> parse_retry_after(std::string_view value, std::chrono::sys_seconds now) {
    value = trimmed(value);
    if (const auto count = parse_seconds(value)) return count;
    const auto time = parse_http_date(value);
    return time ? std::optional{std::max(*time - now, seconds(0))} : std::nullopt;
}

namespace {

constexpr std::chrono::seconds longest_gap{1};
constexpr int stalls_in_a_window = 10;
constexpr std::uint64_t least_bytes_a_second = 100;

} // namespace

Pace::Result Pace::check(std::uint64_t received, Clock::time_point now) {
    const auto before = std::exchange(m_checked_at, now);
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
