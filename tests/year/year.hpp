#pragma once

#include "simulator/server.hpp"
#include "support/sync_world.hpp"
#include "year/truth.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tidemark::test {

/// How long a simulated year is, and how large. Times are days.
struct YearPlan {
    int nights = 0;
    std::size_t jobs = 0;
    std::size_t lines = 0;   ///< of an execution's log
    int retention = 0;       ///< of the API
    int outage = 0;          ///< in which the list of jobs cannot be had
    int keep = 0;            ///< what pruning leaves
    int lookback = 0;        ///< `sync.lookback`
    int abandoned_after = 0; ///< `sync.abandoned_after`
};

/// A sync each night, against the simulator over HTTP, with an archive; and all that happens in a
/// year, at these parts of it (in percent). What a night's sync must end in is checked by `night`.
class Year : public SyncWorld {
public:
    static constexpr int job_is_renamed = 10;
    static constexpr int task_is_renamed = 15;
    static constexpr int source_is_down = 20; ///< for `outage` nights
    static constexpr int stays_open = 25;     ///< an execution that never ends begins
    static constexpr int one_job_fails = 27;
    static constexpr int body_breaks_off = 30; ///< and is whole when it is tried again
    static constexpr int clock_is_ahead = 33;  ///< this machine's, by a year
    static constexpr int clock_is_behind = 36; ///< by three days
    static constexpr int rule_is_added = 45;   ///< that for failures was forgotten
    static constexpr int job_disappears = 50;
    static constexpr int open_one_vanishes = 55;
    static constexpr int record_is_broken = 60; ///< for a night
    static constexpr int schema_changes = 65;   ///< other spelling, other order, new members
    static constexpr int zone_is_corrected = 82;

    Year(const YearPlan& plan, const std::string& backend);

    /// The next night.
    void night();

    /// The morning after the last night: a sync when nothing runs.
    void morning();

    /// The night that this part of the year falls on.
    [[nodiscard]] int at(int percent) const { return m_plan.nights * percent / 100; }
    [[nodiscard]] int nights() const { return m_plan.nights; }
    [[nodiscard]] int next() const { return m_next; }
    [[nodiscard]] bool knows_failures() const { return m_next > at(rule_is_added); }
    [[nodiscard]] std::chrono::days keep() const { return std::chrono::days{m_plan.keep}; }

    /// The live API, for what reads it besides a night's sync.
    [[nodiscard]] std::unique_ptr<Source> api() const;

    /// A warehouse out of the archive, by today's configuration.
    void rebuild_in(SyncWorld& other) const;

    [[nodiscard]] std::filesystem::path archive() const { return *config.archive.dir; }

    Truth truth;

private:
    /// What a night's sync meets.
    struct Meeting {
        std::map<std::string, std::string> fault; ///< of the source; empty: none
        std::chrono::days clock{0};               ///< by which this machine's is ahead
        std::optional<std::size_t> failing_job;
        bool newest_is_broken = false; ///< of the first job
        SyncOutcome outcome = SyncOutcome::succeeded;
    };

    [[nodiscard]] Meeting meeting(int night) const;
    [[nodiscard]] simulator::Moment moment_of(int night) const;
    void go_to(simulator::Moment moment, std::chrono::days ahead);
    void tell(const std::string& what, const std::map<std::string, std::string>& params);
    void change_configuration();
    SyncReport sync_api(const SyncOptions& options);
    void hear(const Meeting& met);
    void apply_rules();

    YearPlan m_plan;
    simulator::Options m_options;
    simulator::Simulator m_simulator;
    simulator::Server m_server;
    simulator::Moment m_now{};
    Timestamp m_shown; ///< by this machine's clock
    RuleConfig m_forgotten_rule;
    int m_next = 0;
};

} // namespace tidemark::test
