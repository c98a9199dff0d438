#pragma once

#include "model/job.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tidemark {

/// Is told how a sync gets on; all calls come from the thread that called `sync`.
class Progress {
public:
    virtual ~Progress() = default;

    virtual void jobs_listed(std::size_t jobs) = 0;

    /// So many executions and bytes of all jobs were read so far.
    virtual void read(std::uint64_t executions, std::uint64_t bytes) = 0;

    /// A job's body was read to its end; `error` is empty unless that failed.
    virtual void job_read(const Job& job, std::string_view error) = 0;

    /// Nothing more will come.
    virtual void finished() = 0;
};

} // namespace tidemark
