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

/// What an element of a log body became.
struct ParsedExecution {
    std::optional<Execution>
        execution; ///< normalized; null when the execution itself is unreadable
    std::vector<Rejection>
        rejections; ///< the execution, or those of its log lines, that were, and are to be kept
    std::optional<Guid> rejected_id; ///< of an unreadable execution, where its id can be read
    std::int64_t time_trend = 0;     ///< of its log lines as they came
};

/// The first members of an execution, read without the rest.
struct ExecutionHead {
    Guid id;
    Timestamp created_at;
};

/// Reads executions out of the JSON of one job's log body. Takes every variation that the API may
/// show (member order, Pascal or camel case, time forms, missing logs) and rejects what it cannot
/// take, by member and place. Remembers what it rejected of the body, and keeps its buffers from
/// one element to the next; pure otherwise.
class ExecutionParser {
public:
    /// `zone` is that of timestamps that carry none.
    ExecutionParser(const Guid& job_id, TimeZone zone, StateMap states);
    ~ExecutionParser();
    ExecutionParser(ExecutionParser&&) noexcept;

    /// Never throws for what the element holds.
    ParsedExecution parse(const ArrayElement& element);

    /// What it has rejected so far.
    [[nodiscard]] const RejectionTally& rejected() const;

    /// Id and CreateTime alone; nullopt when they cannot be read, so that `parse` says why.
    std::optional<ExecutionHead> head(const ArrayElement& element);

    /// Id alone, where that can be read, whatever the rest is.
    std::optional<Guid> id(const ArrayElement& element);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace tidemark
