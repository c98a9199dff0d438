#pragma once

#include "simulator/guid.hpp"
#include "simulator/moment.hpp"
#include "simulator/options.hpp"

#include <optional>
#include <string>
#include <vector>

namespace simulator {

struct Job {
    std::size_t number = 0;
    Guid id;
    std::string name;
};

/// A run that was asked for by POST.
struct Trigger {
    Guid id;
    std::size_t job = 0;
    Moment queued;
};

enum class State { running, completed, failed };
enum class Status { idle, pending, running };

/// An execution as it looks at a moment.
struct Execution {
    std::uint64_t hash = 0; ///< what its ids, lines and member orders are drawn from
    Guid id;
    Guid trigger; ///< all zeros: started by the application
    Moment created;
    std::chrono::nanoseconds duration{}; ///< that it takes, or will take
    std::optional<Moment> ended;         ///< none while it runs
    State state = State::running;
    bool fails = false;        ///< or will
    std::size_t all_lines = 0; ///< that it has when it has ended
    std::size_t lines = 0;     ///< of them, that are written so far
};

/// When line `line` of an execution is written: never before its predecessor, nor outside the
/// execution.
Moment moment_of_line(const Execution& execution, std::size_t line);

Guid id_of_line(const Execution& execution, std::size_t line);

/// The organisation at a moment: a pure function of the options, the moment and the triggers.
class Organisation {
public:
    Organisation(OrganisationOptions options, Moment now, std::vector<Trigger> triggers = {});

    /// Those that are listed.
    [[nodiscard]] std::vector<Job> jobs() const;

    /// The listed job of this id, however it is cased.
    [[nodiscard]] std::optional<Job> find(std::string_view id) const;

    /// Those of a job that are still kept, oldest first.
    [[nodiscard]] std::vector<Execution> executions(std::size_t job) const;

    [[nodiscard]] Status status(std::size_t job) const;

    [[nodiscard]] const OrganisationOptions& options() const { return m_options; }

private:
    [[nodiscard]] Execution scheduled(std::size_t job, std::size_t number) const;
    [[nodiscard]] std::optional<Execution> triggered(const Trigger& trigger) const;
    [[nodiscard]] Execution planned(std::size_t job, std::uint64_t hash, Moment created) const;
    [[nodiscard]] bool vanished(std::size_t job, std::size_t number, Moment created) const;
    [[nodiscard]] bool never_ends(std::size_t job, std::size_t number) const;
    [[nodiscard]] std::string name_of(std::size_t job) const;
    void observe(Execution& execution, bool never_ends) const;

    OrganisationOptions m_options;
    Moment m_now;
    Moment m_start;
    Moment m_kept_from;
    std::vector<Trigger> m_triggers;
};

} // namespace simulator
