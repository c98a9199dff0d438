#pragma once

#include "support/catch.hpp"
#include "support/neutral_rows.hpp"
#include "support/no_progress.hpp"
#include "support/sync_world.hpp"
#include "sync/prune.hpp"
#include "verify/online.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace tidemark::test {

inline constexpr std::chrono::hours a_day{24};

/// The samples' executions are of 1 to 11 October; this takes those of the first five days.
inline const PruneOptions old_ones{.older_than = 6 * a_day + std::chrono::hours{6}};

/// What `prune --yes` does. `done` is told of each batch.
PruneTally prune_now(
    SyncWorld& world, const PruneOptions& options,
    const std::function<void(const PruneTally&)>& done = [](const auto&) {});

/// A world that has synced both sample nights, the morning after.
struct Pruned : SyncWorld {
    explicit Pruned(std::string_view backend) : SyncWorld(backend) {
        config.sync.lookback = 3 * a_day;
        set_world_clock("2026-10-11 06:00:00");
        source = sample_night("night1");
        sync();
        set_world_clock("2026-10-12 06:00:00");
        source = sample_night("night2");
        sync();
    }

    PrunePlan plan(const PruneOptions& options) {
        return plan_prune(config, *open(), options, world_clock());
    }

    PruneTally prune(
        const PruneOptions& options,
        const std::function<void(const PruneTally&)>& done = [](const auto&) {}) {
        return prune_now(*this, options, done);
    }

    /// What the source still returns, whichever night it was.
    SyncReport sync_all(bool full) {
        SyncReport report = sync({.full = full});
        CHECK(report.counts.executions_new == 0);
        CHECK(report.counts.executions_changed == 0);
        CHECK(report.counts.logs == 0);
        CHECK(report.counts.rejected == 0);
        CHECK(report.outcome == SyncOutcome::succeeded);
        return report;
    }

    void check_that_nothing_comes_back() {
        const auto before = neutral_rows(*open());
        for (const std::string night : {"night1", "night2"}) {
            source = sample_night(night);
            for (const bool full : {false, true})
                sync({.full = full, .accept_jobs = true});
        }
        const auto differs = difference(ids(before), ids(neutral_rows(*open())));
        CHECK(differs.lost == std::vector<std::string>{});
        CHECK(differs.doubled == std::vector<std::string>{});
        CHECK(damage() == std::vector<std::string>{});
    }

    void check_that_it_agrees_with_the_source() {
        NoProgress progress;
        const auto compared = verify_online(config, source, *open(), {}, world_clock(), progress);
        CHECK_FALSE(compared.empty());
        CHECK(std::all_of(compared.begin(), compared.end(), agrees));
    }

private:
    /// Rows of executions, lines and runs: a night that is played again changes watermarks and
    /// jobs.
    static std::vector<std::string> ids(const std::vector<std::string>& rows) {
        std::vector<std::string> kept;
        for (const std::string& row : rows) {
            if (row.starts_with("execution ") || row.starts_with("task_run ") ||
                row.starts_with("execution_log "))
                kept.push_back(row.substr(0, row.find(" lost_since")));
        }
        return kept;
    }
};

/// Sums by a text that names what is summed.
using Sums = std::map<std::string, std::int64_t>;

/// What all runs come to by day: those that are stored, and those that the roll-ups hold.
Sums by_day(SyncWorld& world);

} // namespace tidemark::test
