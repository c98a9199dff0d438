#pragma once

#include "model/job.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

/// How a body stands when no more bytes of it come.
enum class BodyState {
    whole,     ///< the array was closed, or the reader said that it had read enough
    cut_short, ///< the bytes ended before the array did: worth another try
};

/// Which version of a body it is, as its source calls it: of no meaning but to that source, which
/// is given it back. Both parts are empty when the source says nothing.
struct BodyVersion {
    std::string tag;
    std::string date;

    [[nodiscard]] bool empty() const { return tag.empty() && date.empty(); }
    bool operator==(const BodyVersion&) const = default;
};

/// What reads the log bodies of many jobs as they arrive, perhaps several at a time. All calls come
/// from the thread that called `Source::read_logs`.
class LogReader {
public:
    virtual ~LogReader() = default;

    /// The version of the job's body that need not be sent; empty when the body is wanted whatever
    /// it is.
    virtual BodyVersion stored_version(const Job& job) = 0;

    /// The body of a job begins, or begins again after a failed try: what came before is void
    /// (handing the same execution on twice is harmless).
    virtual void begin(const Job& job) = 0;

    /// More bytes of it. Returns false when the rest is not needed. Throws JobError when the body
    /// cannot be one: the job has failed, without another try.
    virtual bool bytes(const Job& job, std::string_view chunk) = 0;

    /// The transfer ended without an error of the network's.
    virtual BodyState end(const Job& job) = 0;

    /// Nothing more will come of this job: it was read, and `end` said `whole`.
    virtual void succeeded(const Job& job, const BodyVersion& version) = 0;

    /// Nothing more will come of this job: its body is still of the stored version, and was not
    /// sent.
    virtual void unchanged(const Job& job) = 0;

    /// Nothing more will come of this job: every try failed. `why` is one line without secrets.
    virtual void failed(const Job& job, const std::string& why) = 0;
};

/// A try failed, and the next one waits.
struct RetryWait {
    std::chrono::milliseconds delay;
    int next_try = 0; ///< its number, from 1
    int tries = 0;    ///< so many there are at most
    std::string why;  ///< a few words, without secrets
};

/// Where the history comes from: the live jobs API, a folder of saved bodies, or an archive.
class Source {
public:
    virtual ~Source() = default;

    /// Every job of the organisation. Throws Error when it cannot be had.
    virtual JobList jobs() = 0;

    /// Jobs that are no longer listed, of which it has bodies all the same.
    virtual std::vector<Job> unlisted_jobs() { return {}; }

    /// The live status of all jobs; empty where the source knows none. Throws Error.
    virtual JobStatusList statuses() = 0;

    /// Reads the log body of each job and ends each with `succeeded`, `unchanged` or `failed`.
    /// Throws Error when going on is pointless for all jobs (the key is refused, the host cannot be
    /// found), and Interrupted when a signal arrived. What a reader throws other than JobError
    /// passes through.
    virtual void read_logs(std::span<const Job> jobs, LogReader& reader) = 0;

    /// Is to tell of each wait before another try, on the thread that waits.
    virtual void on_wait(const std::function<void(const RetryWait&)>& /*tell*/) {}

    /// What it reads, for people: a URL without secrets, or a folder.
    [[nodiscard]] virtual std::string name() const = 0;

    /// Bytes of bodies received so far, after decompression.
    [[nodiscard]] virtual std::uint64_t bytes_read() const = 0;
};

} // namespace tidemark
