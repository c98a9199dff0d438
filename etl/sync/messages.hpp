#pragma once

#include "model/execution.hpp"
#include "model/rejection.hpp"
#include "model/task_run.hpp"
#include "source/source.hpp"
#include "warehouse/rows.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>
#include <variant>
#include <vector>

/// What the reading thread hands to the writing thread.
namespace tidemark {

/// An execution that may be new or changed, with the task runs of its own log.
struct ReceivedExecution {
    Execution execution;
    std::vector<TaskRun> task_runs;
    bool again = false; ///< a version that tells less was handed on before, out of the same body
};

/// Some executions of one job, each once: what is stored in one batch.
struct Chunk {
    Key job_key = 0;
    std::vector<ReceivedExecution> executions;
    std::vector<Rejection> rejections;
};

/// What a job's body showed, beyond its executions.
struct BodySummary {
    std::int64_t executions = 0; ///< in the body, each time that it stands there
    std::int64_t unreadable = 0; ///< of those, the ones that were rejected whole
    std::int64_t settled = 0;    ///< of those, the ones that are stored and were not compared
    std::int64_t repeated = 0;   ///< of those, further versions of one that was compared
    std::int64_t bytes = 0;
    std::optional<Timestamp> oldest_created_at; ///< of those that are not ahead of now
    std::optional<Timestamp> newest_moment;     ///< creation, end or log line, not ahead of now
    std::unordered_set<Guid> pending_seen;      ///< of those that were open or incomplete before
    std::unordered_set<Guid> seen_complete; ///< of these, the ones without a part that was rejected
    BodyReading reading = BodyReading::whole;
    std::optional<BodyOrder> order; ///< nullopt: too few executions to tell
    RejectionTally rejected;
};

/// A job was read to its end, or failed.
struct JobEnd {
    Key job_key = 0;
    Timestamp started_at;
    BodySummary body;
    BodyVersion version; ///< of the body, as the source calls it
    std::optional<std::string> error;
};

using Message = std::variant<Chunk, JobEnd>;

} // namespace tidemark
