#pragma once

#include "config/config.hpp"
#include "source/api_source.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

namespace tidemark {

/// How a run ended that the API was asked for.
enum class RunEnd {
    completed,     ///< every execution that its trigger started
    failed,        ///< one of them, or one ended in a state that is none of success
    not_picked_up, ///< none was started in time; that may still happen
};

/// Is told how a run gets on. None may be empty.
struct RunEvents {
    std::function<void(const Execution&)> picked_up; ///< its log lines are told of one by one
    std::function<void(const Log&)> line; ///< once for each, in order as far as they came
    std::function<void(const Execution&)> ended;
    std::function<void(std::chrono::milliseconds)> wait; ///< is to wait; may throw Interrupted
    std::function<std::chrono::steady_clock::time_point()> now;
};

/// How long to wait before the log is read once more, so long after the waiting, or the run, began:
/// a twentieth of that, at least 1 s and at most 15 s.
std::chrono::milliseconds next_poll(std::chrono::milliseconds since);

/// Follows the run of a job that this trigger stands for, by reading the trigger's log again and
/// again, until all its executions have ended; or until none was started for `patience`. Throws
/// Error when the log cannot be read, holds an execution that cannot be read, or no longer has one
/// that was open.
RunEnd follow_run(JobsApi& api, const SourceConfig& config, const Job& job, const Guid& trigger_id,
                  std::chrono::seconds patience, const RunEvents& events);

} // namespace tidemark
