#pragma once

#include "source/http_client.hpp"
#include "source/request_error.hpp"
#include "source/retry.hpp"
#include "source/source.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace tidemark {
/// How many requests may run at once: half as many when the server says that it is asked too much,
/// then one more after each full round of successes. Pure: it only counts.
class Throttle {
public:
    /// `most` is what it begins with and never exceeds; at least 1.
    explicit Throttle(int most);

    [[nodiscard]] int at_once() const { return m_at_once; }

    /// What a request that begins now is to remember.
    [[nodiscard]] int round() const { return m_round; }

    /// A request of that round was told 429 or 503. Several of one round count as one, because they
    /// were sent before any of them was answered.
    void overloaded(int round);

    /// A request was answered as it should be.
    void succeeded();

private:
    int m_most;
    int m_at_once;
    int m_round = 0;
    int m_successes = 0; ///< since the number last changed
};

/// One body to fetch, and what becomes of it; the functions mean what those of LogReader do.
struct Download {
    std::string url;
    std::uint64_t max_bytes = 0;
    bool is_list = false; ///< without it there is nothing to load: a 403 refuses the key, as a 401
    RequestContext context;
    std::function<BodyVersion()> stored_version;
    std::function<void()> begin;
    std::function<bool(std::string_view)> bytes;
    std::function<BodyState()> end;
    std::function<void(const BodyVersion&)> succeeded;
    std::function<void()> unchanged;
    std::function<void(const std::string& why)> failed;
};

/// How hard to try.
struct DownloadEffort {
    int at_once = 1;
    int retries = 0;
    RetryPolicy policy;
    std::function<void(const RetryWait&)> on_wait{}; ///< may be empty
};

/// Fetches all of them, several at a time, with retries and redirects within the origin; one that
/// waits for its next try holds up no other. A server that is asked too much is asked less at once.
/// Throws KeyRefused, Error when the server is not trusted, Interrupted when a signal was
/// noted, and what the functions throw, except that a JobError out of `bytes` or `end`
/// fails that download alone.
void download_all(HttpClient& client, std::vector<Download> downloads,
                  const DownloadEffort& effort);

} // namespace tidemark
