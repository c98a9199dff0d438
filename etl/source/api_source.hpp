#pragma once

#include "config/config.hpp"
#include "source/retry.hpp"
#include "source/source.hpp"

#include <memory>
#include <string>

namespace tidemark {

/// The live jobs API: a source that can also run a job.
class JobsApi : public Source {
public:
    /// Queues a run of this job. This is the only request that changes anything upstream. It is
    /// sent once, without retries and redirects. Throws AnswerLost when the run may have been
    /// queued without an answer; another Error, Interrupted included, when it was not queued.
    virtual QueuedRun execute(const Job& job) = 0;

    /// Reads the executions of a job that this trigger started, like `read_logs`.
    virtual void read_triggered(const Job& job, const Guid& trigger_id, LogReader& reader) = 0;

    /// Number of requests so far, retries included.
    [[nodiscard]] virtual std::uint64_t requests() const = 0;
};

/// Opens the jobs API. `key` is sent in the configured header, only to the origin of `base_url`; it
/// never appears in a log or an error. All requests are GET, except the one of `execute`. Throws
/// ConfigError for an unusable base URL or key.
std::unique_ptr<JobsApi> open_api_source(const SourceConfig& config, const std::string& key,
                                         RetryPolicy policy = {});

} // namespace tidemark
