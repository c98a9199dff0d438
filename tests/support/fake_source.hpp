#pragma once

#include "source/source.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace tidemark::test {

/// A source that returns what a test puts into it, in chunks of `chunk_bytes`.
class FakeSource : public Source {
public:
    std::vector<Job> listed;
    std::vector<std::string> unreadable; ///< entries of the list, behind the jobs, as JSON
    std::map<Guid, std::string> bodies;
    std::map<Guid, std::string> failures; ///< why a job fails before its body begins
    std::map<Guid, BodyVersion> versions; ///< a body that the reader has is not sent
    std::size_t chunk_bytes = 64;
    std::function<void()> after_chunk = [] {}; ///< called between two chunks
    int cut_short = 0; ///< so many tries of each body break off half-way before one succeeds

    JobList jobs() override;
    JobStatusList statuses() override { return {}; }
    void read_logs(std::span<const Job> jobs, LogReader& reader) override;
    [[nodiscard]] std::string name() const override { return "a fake source"; }
    [[nodiscard]] std::uint64_t bytes_read() const override { return m_bytes; }

private:
    void read(const Job& job, LogReader& reader);
    BodyState try_once(const Job& job, std::string_view body, LogReader& reader);

    std::uint64_t m_bytes = 0;
};

/// Ids that are easy to tell apart: `numbered(7)` ends in 7.
Guid numbered(unsigned number);

/// Of an execution's lines, counted from 0. They fall, so that who sorts by them is found out.
Guid line_id(unsigned execution, unsigned line);

/// One execution as JSON. An empty `ended` is null.
struct BodyExecution {
    unsigned id = 0;
    unsigned job = 0;
    int state = 1;
    std::string created;
    std::string ended;
    std::vector<std::string> messages; ///< one log line each, in the order of logging
    /// Of the lines, after the minute of `created`; those without one come a second apart.
    std::vector<unsigned> seconds{};
    unsigned first_line = 0;        ///< the number of the first line, by which ids are given
    unsigned trigger = 0;           ///< 0: the application started it
    bool newest_line_first = false; ///< the body holds the lines the other way round
};

std::string to_json(const BodyExecution& execution);

/// A body: the executions as a JSON array.
std::string body_of(const std::vector<BodyExecution>& executions);

} // namespace tidemark::test
