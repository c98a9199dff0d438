#pragma once

#include "config/config.hpp"
#include "source/retry.hpp"
#include "source/source.hpp"

#include <memory>
#include <string>

namespace tidemark {

/// The live jobs API: a source that can also be asked to run a job.
class JobsApi : public Source {
public:
    /// Queues a run of this job: the one request that changes anything upstream. It is sent once,
    /// whatever becomes of it, and follows no redirect. Throws AnswerLost when it may have been
    /// queued all the same; any other Error, Interrupted included, when it was not.
    virtual QueuedRun execute(const Job& job) = 0;

    /// Reads, as `read_logs` does, the executions of a job that this trigger started.
    virtual void read_triggered(const Job& job, const Guid& trigger_id, LogReader& reader) = 0;

    /// Requests sent so far, repeated ones included.
    [[nodiscard]] virtual std::uint64_t requests() const = 0;
};

/// `key` is sent in the configured header to the origin of `base_url` alone, never in a log, an
/// error or to a redirect's other origin. All but `execute` sends nothing but GET. Throws
/// ConfigError for a base URL or a key that cannot be used.
std::unique_ptr<JobsApi> open_api_source(const SourceConfig& config, const std::string& key,
                                         RetryPolicy policy = {});

} // namespace tidemark
