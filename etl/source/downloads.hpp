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
/// Limits the number of concurrent requests: halves it when the server is overloaded, and adds one
/// after each full round of successes. It only counts.
class Throttle {
public:
    /// `most` is the first and the highest limit, at least 1.
    explicit Throttle(int most);

    [[nodiscard]] int at_once() const { return m_at_once; }

    /// The current round; a request keeps the round in which it began.
    [[nodiscard]] int round() const { return m_round; }

    /// A request of that round was answered with 429 or 503. Several of one round count once,
    /// because all were sent before the first answer.
    void overloaded(int round);

    /// A request succeeded.
    void succeeded();

private:
    int m_most;
    int m_at_once;
    int m_round = 0;
    int m_successes = 0; ///< since the limit last changed
};

/// One body to fetch. The functions have the meaning of those in LogReader.
struct Download {
    std::string url;
    std::uint64_t max_bytes = 0;
    bool is_list = false; ///< a list of jobs: 403 then means, like 401, that the key is refused
    RequestContext context;
    std::function<BodyVersion()> stored_version;
    std::function<void()> begin;
    std::function<bool(std::string_view)> bytes;
    std::function<BodyState()> end;
    std::function<void(const BodyVersion&)> succeeded;
    std::function<void()> unchanged;
    std::function<void(const std::string& why)> failed;
};

/// How many requests run at once, and how failures are retried.
struct DownloadEffort {
    int at_once = 1;
    int retries = 0;
    RetryPolicy policy;
    std::function<void(const RetryWait&)> on_wait{}; ///< may be empty
};

/// Fetches all downloads, several at a time, with retries and redirects within the origin. A
/// download that waits for a retry does not block the others. Fewer requests run at once when the
/// server is overloaded. Throws KeyRefused, Error when the server is not trusted, Interrupted when
/// a signal was noted, and whatever the functions throw; a JobError from `bytes` or `end` only
/// fails that download.
void download_all(HttpClient& client, std::vector<Download> downloads,
                  const DownloadEffort& effort);

/// The version of a response's body. A Last-Modified header is ignored when it is less than a
/// minute older than the response, or when the response has no date to compare it with: the body
/// may have changed again within the same second.
BodyVersion version_of(const HttpResponse& response);

/// The request headers that ask for a body only if its version is another one. Empty for an empty
/// version, and for one that a header cannot contain.
std::vector<std::string> unless_of(const BodyVersion& version);

} // namespace tidemark
