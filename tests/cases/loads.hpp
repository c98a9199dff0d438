#pragma once

#include "support/one_job.hpp"

#include <fmt/format.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

namespace tidemark::test {

using std::chrono::hours;
using std::chrono::minutes;

/// As a body writes it: `2026-11-02T02:00:00`.
inline std::string in_body(Timestamp moment) {
    std::string text = to_text(moment).substr(0, 19);
    text[10] = 'T';
    return text;
}

/// An execution of ten minutes in the middle of which its messages come.
inline BodyExecution execution_at(unsigned id, Timestamp created, std::vector<std::string> messages,
                                  int state = 1, unsigned job = 1) {
    return {.id = id,
            .job = job,
            .state = state,
            .created = in_body(created),
            .ended = in_body(created + minutes{10}),
            .messages = std::move(messages)};
}

inline std::string loaded(const std::string& task) {
    return fmt::format("Transfer task '{}' completed, 5 rows", task);
}

inline std::string failed(const std::string& task) {
    return fmt::format("Transfer task '{}' failed with error: login", task);
}

inline Row row_where(SyncWorld& world, std::string_view view, std::string_view column,
                     std::string_view value) {
    for (Row& row : world.rows(view)) {
        if (row.text(column) == value) return std::move(row);
    }
    throw std::logic_error(fmt::format("no row of '{}' has {} = '{}'", view, column, value));
}

/// A world of one job that ran at these moments before now, each time loading 'CRM - a'.
struct Loads : OneJob {
    Loads(std::string_view backend, const std::vector<hours>& ago,
          const std::vector<std::string>& messages = {loaded("CRM - a")})
        : OneJob({}, backend) {
        std::vector<BodyExecution> executions;
        for (const hours before : ago) {
            executions.push_back(execution_at(static_cast<unsigned>(executions.size() + 1),
                                              system_now() - before - minutes{10}, messages));
        }
        set(executions);
        set_world_clock(to_text(system_now()).substr(0, 19));
        sync();
        if (!damage().empty()) throw std::logic_error("verify finds: " + damage().front());
    }

    bool late_by_habit() {
        for (const Row& row : rows("late_sources")) {
            if (row.text("data_source") == "CRM") return row.integer("late_by_habit") == 1;
        }
        return false;
    }
};

/// So many nights, the last of them `last` ago.
inline std::vector<hours> nights(int count, hours last) {
    std::vector<hours> ago;
    for (int night = 0; night < count; ++night)
        ago.push_back(last + hours{24} * night);
    return ago;
}

constexpr hours days{24};

} // namespace tidemark::test
