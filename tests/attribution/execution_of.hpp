#pragma once

#include "attribution/task_runs.hpp"

#include <initializer_list>
#include <string>

/// The wordings of the samples, and one each for the `source` group and for a rule without outcome.
inline tidemark::AttributionConfig sample_rules() {
    using tidemark::TaskOutcome;
    return {
        .rules = {{"started", "^Executing transfer task '(?P<task>.+)'$", TaskOutcome::started},
                  {"succeeded", "^Transfer task '(?P<task>.+)' completed, (?P<rows>.+) rows$",
                   TaskOutcome::succeeded},
                  {"failed", "^Transfer task '(?P<task>.+)' failed with error: (?P<error>.*)$",
                   TaskOutcome::failed},
                  {"crashed", "^Transfer task '(?P<task>.+)' crashed", TaskOutcome::failed},
                  {"sourced start", "^\\[(?P<source>.*)\\] start (?P<task>.*)$",
                   TaskOutcome::started},
                  {"sourced end", "^\\[(?P<source>.*)\\] done (?P<task>.*)$",
                   TaskOutcome::succeeded},
                  {"named", "^Waiting for '(?P<task>.+)'", std::nullopt}},
        .sources = {{"Load_GL_Nightly", "Finance"}, {"xfer-07", "Warehouse scanners"}},
        .conventions = {{"^(?P<source>.+?) - "}, {"^(?P<source>[A-Z]+)_"}},
    };
}

/// Jobs that conditions tell apart.
inline const tidemark::Job prod{.name = "Prod load"};
inline const tidemark::Job test_job{.name = "Test load"};

/// A log line so many seconds after the beginning of time.
struct Line {
    int second;
    std::string message;
};

inline tidemark::Timestamp at(int second) {
    return tidemark::Timestamp{std::chrono::seconds{second}};
}

/// An execution that has ended, with these lines, oldest first; the ids fall.
inline tidemark::Execution ended_execution(std::initializer_list<Line> lines) {
    tidemark::Execution execution;
    execution.state = tidemark::State::completed;
    execution.ended_at = at(1000);
    for (const Line& line : lines) {
        tidemark::Log log;
        log.id.bytes[0] = static_cast<std::uint8_t>(255 - execution.logs.size());
        log.logged_at = at(line.second);
        log.message = line.message;
        execution.logs.push_back(log);
    }
    tidemark::normalize(execution);
    return execution;
}

/// The same of one that is still running.
inline tidemark::Execution open_execution(std::initializer_list<Line> lines) {
    tidemark::Execution execution = ended_execution(lines);
    execution.state = tidemark::State::running;
    execution.ended_at.reset();
    return execution;
}
