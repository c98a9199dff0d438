#pragma once

#include "config/config.hpp"
#include "source/retry.hpp"
#include "source/source.hpp"

#include <memory>
#include <span>
#include <string>
#include <vector>

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

/// A form in which a gateway expects the key: the request header, and a prefix.
struct KeyForm {
    std::string header;
    std::string prefix; ///< `Bearer `, or nothing
};

/// The forms that gateways use; the form of TimeXtender comes first.
std::vector<KeyForm> usual_key_forms();

/// A source that accepted the key, and its list of jobs.
struct OpenedSource {
    std::unique_ptr<Source> source;
    JobList jobs;
    KeyForm form;
};

/// Opens the API with the first of these forms that the server accepts. The key is sent only to the
/// origin of `base_url`. Throws KeyRefused when it accepts none, and whatever `open_api_source` and
/// `Source::jobs` throw.
OpenedSource open_with_any_form(SourceConfig config, const std::string& key,
                                std::span<const KeyForm> forms, RetryPolicy policy = {});

} // namespace tidemark
