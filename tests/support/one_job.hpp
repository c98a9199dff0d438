#pragma once

#include "support/sync_world.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tidemark::test {

/// Messages of a task that was loaded.
inline const std::vector<std::string> a_load = {
    "Executing transfer task 'ERP - Full load'",
    "Transfer task 'ERP - Full load' completed, 5 rows"};

/// An execution of ten minutes, from three o'clock in the morning on.
inline BodyExecution ended(unsigned id, const std::string& day, unsigned job = 1) {
    return {.id = id,
            .job = job,
            .state = 1,
            .created = day + "T03:00:00",
            .ended = day + "T03:10:00",
            .messages = a_load};
}

/// One that began at the same time and has no end.
inline BodyExecution running(unsigned id, const std::string& day, unsigned job = 1) {
    return {.id = id,
            .job = job,
            .state = 0,
            .created = day + "T03:00:00",
            .ended = "",
            .messages = {a_load.front()}};
}

/// A world with one job, which has these executions.
struct OneJob : SyncWorld {
    explicit OneJob(const std::vector<BodyExecution>& executions,
                    std::string_view backend = "sqlite")
        : SyncWorld(backend) {
        source.listed = {{numbered(1), "Nightly"}};
        set(executions);
    }
    void set(const std::vector<BodyExecution>& executions) {
        source.bodies[numbered(1)] = body_of(executions);
    }
    std::string watermark() { return rows("watermark").at(0).text("loaded_through"); }
};

} // namespace tidemark::test
