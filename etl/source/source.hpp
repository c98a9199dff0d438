#pragma once

#include "model/guid.hpp"
#include "model/job.hpp"
#include "model/time.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace tidemark {

/// The state of a body at the end of its bytes.
enum class BodyState {
    whole,     ///< the array was closed, or the reader needs no more
    cut_short, ///< the bytes ended before the array did: try again
};

/// The version of a body. Only its source can interpret it: the warehouse stores it and gives it
/// back to the source. Both parts are empty when the source has no versions.
struct BodyVersion {
    std::string tag;
    std::string date;

    [[nodiscard]] bool empty() const { return tag.empty() && date.empty(); }
    bool operator==(const BodyVersion&) const = default;
};

/// Reads the log bodies of jobs while they arrive; several bodies can arrive at the same time. All
/// calls come from the thread that called `Source::read_logs`.
class LogReader {
public:
    virtual ~LogReader() = default;

    /// The version of the job's body that does not have to be sent again; empty when the body is
    /// needed in any case.
    virtual BodyVersion stored_version(const Job& job) = 0;

    /// Whether the reader holds executions of the job. Then a source that can be older than they
    /// are asks `held_later` before the body begins.
    virtual bool holds(const Job& /*job*/) { return false; }

    /// Which of these executions the reader holds in a later version: the source leaves them out.
    /// Each is JSON; of one that the source has in several newest versions, all are given.
    virtual std::unordered_set<Guid> held_later(const Job& /*job*/,
                                                std::span<const std::string> /*executions*/) {
        return {};
    }

    /// Whether an older version of an execution, as JSON, has a log line that the reader does not
    /// hold.
    virtual bool lacks_lines(const Job& /*job*/, const std::string& /*execution*/) { return true; }

    /// The body of a job begins, or begins again after a failed try: the bytes before are void. It
    /// does no harm to store an execution of them twice.
    virtual void begin(const Job& job) = 0;

    /// The next bytes of the body. Returns false when the rest is not needed. Throws JobError for
    /// an invalid body: the job then fails without a retry.
    virtual bool bytes(const Job& job, std::string_view chunk) = 0;

    /// The transfer ended without a network error.
    virtual BodyState end(const Job& job) = 0;

    /// Last call for this job: its body was read, and `end` returned `whole`.
    virtual void succeeded(const Job& job, const BodyVersion& version) = 0;

    /// Last call for this job: its body still has the stored version and was not sent.
    virtual void unchanged(const Job& job) = 0;

    /// Last call for this job: all tries failed. `why` is one line without secrets.
    virtual void failed(const Job& job, const std::string& why) = 0;
};

/// The wait between a failed try and the next one.
struct RetryWait {
    std::chrono::milliseconds delay;
    int next_try = 0; ///< number of the next try, from 1
    int tries = 0;    ///< the highest number of tries
    std::string why;  ///< a few words, without secrets
};

/// Where the history comes from: the live jobs API, a folder of saved bodies, or an archive.
class Source {
public:
    virtual ~Source() = default;

    /// All jobs of the organisation. Throws Error when the list cannot be read.
    virtual JobList jobs() = 0;

    /// Jobs with bodies in this source that are no longer in the list.
    virtual std::vector<Job> unlisted_jobs() { return {}; }

    /// When the list of jobs was read, where that can be before the last sync; nullopt: just now.
    [[nodiscard]] virtual std::optional<Timestamp> as_of() const { return std::nullopt; }

    /// The live status of all jobs; empty when the source has none. Throws Error.
    virtual JobStatusList statuses() = 0;

    /// Reads the log body of each job and ends each with `succeeded`, `unchanged` or `failed`.
    /// Throws Error when all jobs would fail (the key is refused, the host cannot be found), and
    /// Interrupted when a signal arrived. Exceptions of the reader other than JobError pass
    /// through.
    virtual void read_logs(std::span<const Job> jobs, LogReader& reader) = 0;

    /// Sets a function that is called before each wait for a retry, on the thread that waits.
    virtual void on_wait(const std::function<void(const RetryWait&)>& /*observer*/) {}

    /// The source for messages: a URL without secrets, or a folder.
    [[nodiscard]] virtual std::string name() const = 0;

    /// Bytes of bodies received so far, after decompression.
    [[nodiscard]] virtual std::uint64_t bytes_read() const = 0;
};

} // namespace tidemark
