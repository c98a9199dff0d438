#pragma once

#include "source/failure.hpp"
#include "source/http.hpp"
#include "source/retry.hpp"
#include "source/source.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace tidemark {

/// One body to fetch, and what becomes of it; the functions mean what those of LogReader do.
struct Download {
    std::string url;
    std::uint64_t max_bytes = 0;
    Wording wording;
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
};

/// Fetches all of them, several at a time, with retries and redirects within the origin; one that
/// waits for its next try holds up no other. A server that is asked too much is asked less at once.
/// Throws Error when the key is refused or the server is not trusted, Interrupted when a signal was
/// noted, and what the functions throw, except that a JobError out of `bytes` or `end`
/// fails that download alone.
void download_all(HttpClient& client, std::vector<Download> downloads,
                  const DownloadEffort& effort);

} // namespace tidemark
