#pragma once

#include "model/execution.hpp"
#include "model/job.hpp"
#include "model/time.hpp"
#include "parse/array_splitter.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace tidemark {

/// A rejected record is kept up to here.
inline constexpr std::size_t max_record_bytes = 64U << 10U;

/// The result of parsing one element of a log body.
struct ParsedExecution {
    std::optional<Execution>
        execution; ///< normalized; null when the execution itself is unreadable
    std::vector<Rejection>
        rejections; ///< of the execution or its log lines; only those that are to be kept
    std::optional<Guid> rejected_id; ///< of an unreadable execution whose id can be read
    std::int64_t time_trend = 0; ///< of the log lines in the order of the body; see `time_trend`
};

/// The id and the time of an execution, read without parsing the rest.
struct ExecutionHead {
    Guid id;
    Timestamp created_at;
};

/// Parses the executions of one job's log body. It accepts every variation of the API (order of
/// members, Pascal or camel case, formats of timestamps, missing logs) and rejects anything else,
/// with the member and its place. It keeps a tally of the rejections and its buffers between calls;
/// it has no other state.
class ExecutionParser {
public:
    /// `zone` is the zone of timestamps without one.
    ExecutionParser(const Guid& job_id, TimeZone zone, StateMap states);
    ~ExecutionParser();
    ExecutionParser(ExecutionParser&&) noexcept;

    /// Never throws for what the element holds.
    ParsedExecution parse(const ArrayElement& element);

    /// The rejections so far.
    [[nodiscard]] const RejectionTally& rejected() const;

    /// Reads only Id and CreateTime; nullopt when they cannot be read (`parse` then gives the
    /// reason).
    std::optional<ExecutionHead> head(const ArrayElement& element);

    /// Reads only the Id; nullopt when it cannot be read.
    std::optional<Guid> id(const ArrayElement& element);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace tidemark
