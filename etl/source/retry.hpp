#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tidemark {

/// Why a try did not fetch a whole body.
enum class Fault {
    none,             ///< a response arrived; see its status
    unresolved,       ///< the host has no address
    unreachable,      ///< the connection was refused or cannot be made
    timed_out,        ///< connecting took too long, or nothing arrived for too long
    no_tls,           ///< the TLS connection failed
    broken_off,       ///< the connection or the body broke off
    garbled,          ///< the body is not compressed as its header says, or was damaged
    empty,            ///< the body has no bytes
    cut_short,        ///< all bytes came, but the JSON array did not end
    untrusted,        ///< TLS: the server's certificate is not valid, or cannot be checked
    foreign_redirect, ///< a redirect to another origin
    redirect_loop,    ///< too many redirects
    too_slow,         ///< bytes arrive far too slowly
    too_large,        ///< more bytes than allowed
    unusable,         ///< anything else that a retry cannot change
};

/// What to do after a try.
enum class RetryDecision {
    success,
    retry,
    fail_one, ///< this body cannot be fetched
    fail_all, ///< no body can be fetched: the key is refused, or the server is not trusted
};

/// Whether a response with this status contains the whole body. 206 contains a part, which was not
/// requested.
bool is_answer(int status);

/// `status` is 0 when there was no response.
RetryDecision classify(Fault fault, int status);

/// The limits of the wait between two tries.
struct RetryPolicy {
    std::chrono::milliseconds first{500};
    std::chrono::milliseconds longest{30'000};
    std::chrono::milliseconds longest_retry_after{300'000};
};

/// The wait after `failures` failed tries (from 1). It doubles from `first` up to `longest`; its
/// upper half is multiplied by `jitter` in [0, 1). With `retry_after` from the server it is that
/// time, at most `longest_retry_after`, plus up to `first`.
std::chrono::milliseconds retry_delay(const RetryPolicy& policy, int failures, double jitter,
                                      std::optional<std::chrono::seconds> retry_after);

/// Reads a Retry-After header: seconds, or an HTTP date in any of the three formats (0 seconds for
/// a date in the past). nullopt for anything else.
std::optional<std::chrono::seconds> parse_retry_after(std::string_view value,
                                                      std::chrono::sys_seconds now);

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
    Clock::time_point m_checked_at;
    Clock::duration m_silence{};
    Clock::duration m_window{};          ///< since its first check
    std::uint64_t m_received = 0;        ///< at the last check
    std::uint64_t m_window_received = 0; ///< when the window began
};

} // namespace tidemark
