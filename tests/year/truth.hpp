#pragma once

#include "model/time.hpp"
#include "simulator/organisation.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tidemark::test {

/// In which zone the moments of executions are told: in that in which each was read last, or in
/// the right one.
enum class Reading { as_read, right };

/// What the simulator has said to syncs, and so what has to be stored: told out of the simulator's
/// own plan of each execution, not out of its bodies or messages. Rows are sorted texts.
class Truth {
public:
    /// Bodies have the local times of `zone`.
    Truth(const TimeZone& zone, std::chrono::seconds abandoned_after)
        : m_zone(zone), m_abandoned_after(abandoned_after) {}

    /// A sync has read the list of jobs.
    void list(const simulator::Organisation& now);

    /// A sync has read a job's body, its times in the right zone or as if they were UTC.
    /// `without_newest`: the newest execution could not be read.
    void read(const simulator::Organisation& now, const simulator::Job& job, bool zone_is_right,
              bool without_newest = false);

    [[nodiscard]] std::vector<std::string> jobs() const;
    [[nodiscard]] std::vector<std::string> executions(Reading reading) const;
    [[nodiscard]] std::vector<std::string> lines(Reading reading) const;
    /// `with_failures`: a rule knows the message of a failure.
    [[nodiscard]] std::vector<std::string> task_runs(Reading reading, bool with_failures) const;
    [[nodiscard]] std::vector<std::string> watermarks() const;
    /// The newest success of each data source.
    [[nodiscard]] std::vector<std::string> successes(Reading reading) const;
    /// Ids of those that vanished while they were open, or were open for too long.
    [[nodiscard]] std::vector<std::string> given_up() const;

    /// By id, when each was created.
    [[nodiscard]] std::map<std::string, Timestamp> created(Reading reading) const;

private:
    struct KnownJob {
        simulator::Job job;
        bool listed = true;
    };
    struct Known {
        simulator::Execution execution;
        std::size_t job = 0;
        bool zone_is_right = false;
        bool lost = false;
        bool abandoned = false;

        [[nodiscard]] bool is_open() const { return !execution.ended; }
    };
    /// What was heard of one task in one execution.
    struct Heard {
        std::string source;
        std::string outcome;
        std::string started;
        std::string ended;
        std::string succeeded;
        std::string rows;
        std::string error;
    };

    [[nodiscard]] Timestamp told(simulator::Moment moment, const Known& known,
                                 Reading reading) const;
    [[nodiscard]] std::map<std::string, Heard> heard(const Known& known, Reading reading,
                                                     bool with_failures) const;
    void judge(Known& known, bool is_returned, Timestamp newest) const;

    TimeZone m_zone;
    std::chrono::seconds m_abandoned_after;
    simulator::OrganisationOptions m_organisation;
    std::map<std::size_t, KnownJob> m_jobs;
    std::map<std::string, Known> m_known; ///< by id
};

} // namespace tidemark::test
