#pragma once

#include "config/config.hpp"
#include "source/api_source.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

namespace tidemark {

/// How a requested run ended.
enum class RunEnd {
    completed,     ///< all executions of its trigger completed
    failed,        ///< at least one failed, or ended in another state than completed
    not_picked_up, ///< no execution began in time; one may still begin
};

/// Callbacks for the progress of a run. None may be empty.
struct RunEvents {
    std::function<void(const Execution&)> picked_up; ///< an execution began
    std::function<void(const Log&)>
        line; ///< called once for each line, in order as far as they have arrived
    std::function<void(const Execution&)> ended;
    std::function<void(std::chrono::milliseconds)> wait; ///< waits; may throw Interrupted
    std::function<std::chrono::steady_clock::time_point()> now;
};

/// The wait before the log is read again. `since` is the time since the waiting, or the run, began.
/// It is a twentieth of that, at least 1 s and at most 15 s.
std::chrono::milliseconds next_poll(std::chrono::milliseconds since);

/// Follows a run by reading the log of its trigger repeatedly, until all its executions have ended,
/// or until `patience` has passed and none has begun. Throws Error when the log cannot be read,
/// contains an unreadable execution or one of another trigger, or no longer contains one that was
/// open.
RunEnd follow_run(JobsApi& api, const SourceConfig& config, const Job& job, const Guid& trigger_id,
                  std::chrono::seconds patience, const RunEvents& events);

} // namespace tidemark
