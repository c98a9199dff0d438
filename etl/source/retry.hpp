#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace tidemark {

/// What kept a try from fetching a whole body.
enum class Fault {
    none,             ///< a response arrived; its status says the rest
    unresolved,       ///< the host has no address
    unreachable,      ///< the connection was refused or cannot be made
    timed_out,        ///< connecting took too long, or nothing arrived for too long
    no_tls,           ///< no TLS connection came about
    broken_off,       ///< the connection or the body broke off
    garbled,          ///< the body is not compressed as its header says, or was damaged
    empty,            ///< the body has no bytes
    cut_short,        ///< all bytes came, but the JSON array did not end
    untrusted,        ///< TLS: the server is not who it should be, or that cannot be checked
    foreign_redirect, ///< it points to another origin
    redirect_loop,    ///< too many redirects
    too_slow,         ///< bytes trickle in, and would for ever
    too_large,        ///< more bytes than allowed
    unusable,         ///< anything else that trying again does not change
};

/// What follows from a try.
enum class RetryDecision {
    success,
    retry,
    fail_one, ///< this body cannot be had
    fail_all, ///< no body can be had: the key is refused, or the server is not trusted
};

/// Whether a response of this status brings the whole body. 206 brings a part of it, which nobody
/// asked for.
bool is_answer(int status);

/// `status` is that of the response, 0 when none came.
RetryDecision classify(Fault fault, int status);

/// How long to wait between two tries.
struct RetryPolicy {
    std::chrono::milliseconds first{500};
    std::chrono::milliseconds longest{30'000};
    std::chrono::milliseconds longest_retry_after{300'000};
};

/// The wait after `failures` failed tries (from 1): doubles from `first` to `longest`, of which
/// `jitter` in [0, 1) decides the upper half. Where the server said `retry_after`, it is that,
/// bounded, and up to `first` more.
std::chrono::milliseconds retry_delay(const RetryPolicy& policy, int failures, double jitter,
                                      std::optional<std::chrono::seconds> retry_after);

/// Reads a Retry-After header: seconds, or an HTTP date in any of its three forms (one that is past
/// is 0 seconds). Anything else is nullopt.
std::optional<std::chrono::seconds> parse_retry_after(std::string_view value,
                                                      std::chrono::sys_seconds now);

} // namespace tidemark
