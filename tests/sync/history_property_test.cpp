#include "support/catch.hpp"
#include "support/no_progress.hpp"
#include "support/sync_world.hpp"
#include "sync/random_history.hpp"
#include "verify/offline.hpp"
#include "verify/online.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// Thrown by the source in the middle of a body, as a kill would end it.
struct CutOff {};

struct HistoryWorld : SyncWorld {
    HistoryWorld(std::uint32_t seed, const std::string& backend)
        : SyncWorld(backend), history(seed) {
        config.sync.lookback = std::chrono::days{2}; // all that changes late is younger
        config.sync.abandoned_after = std::chrono::days{3650};
    }

    /// One night: perhaps some syncs that are cut off, then a whole one.
    void night() {
        history.go_on(false);
        bool cut_off = false;
        for (; history.dice.one_in(3); cut_off = true) {
            cut_off_sync();
            history.go_on(true);
        }
        begin_sync();
        std::set<unsigned> read = history.wanted();
        if (!cut_off && history.dice.one_in(6)) {
            source.failures = {{numbered(1), "the server says no"}};
            read.erase(1);
        }
        sync();
        model.sync(history, read);
        if (!history.dice.one_in(3)) return;
        const SyncReport again = sync();
        CHECK(again.counts.executions_new == 0);
        CHECK(again.counts.executions_changed == 0);
    }

    RandomHistory history;
    NaiveModel model;

private:
    void begin_sync() {
        history.fill(source);
        config.sync.exclude.clear();
        for (const unsigned job : history.excluded)
            config.sync.exclude.push_back(to_text(numbered(job)));
        source.failures.clear();
        source.after_chunk = [] {};
        set_world_clock(to_text(history.now()).substr(0, 19));
    }

    void cut_off_sync() {
        begin_sync();
        source.after_chunk = [chunks = 1 + history.dice.roll(40)]() mutable {
            if (--chunks == 0) throw CutOff{};
        };
        try {
            sync();
        } catch (const CutOff&) {
            return;
        }
        model.sync(history, history.wanted()); // it was over before
    }
};

std::vector<std::string> execution_rows(SyncWorld& world) {
    std::vector<std::string> rows;
    for (const Row& row : world.rows("execution")) {
        CHECK(row.text("first_seen_at") <= row.text("changed_at"));
        rows.push_back(fmt::format("{} {} {} {} {} {}", row.text("execution_id"), row.text("state"),
                                   row.text("created_at"), row.text("ended_at"),
                                   row.text("log_count"),
                                   row.text("lost_since").empty() ? "" : "lost"));
    }
    std::sort(rows.begin(), rows.end());
    return rows;
}

std::vector<std::string> log_rows(SyncWorld& world) {
    std::vector<std::string> rows;
    for (const Row& row : world.rows("execution_log"))
        rows.push_back(fmt::format("{} {} {}", row.text("log_id"), row.text("line_number"),
                                   row.text("message")));
    std::sort(rows.begin(), rows.end());
    return rows;
}

std::vector<std::string> watermark_rows(SyncWorld& world) {
    std::map<std::string, std::string> ids;
    for (const Row& row : world.rows("job"))
        ids[row.text("job_key")] = row.text("job_id");
    std::vector<std::string> rows;
    for (const Row& row : world.rows("watermark")) {
        rows.push_back(fmt::format("{} {} {}", ids[row.text("job_key")], row.text("loaded_through"),
                                   row.text("open_executions")));
    }
    std::sort(rows.begin(), rows.end());
    return rows;
}

void check_against_the_model(HistoryWorld& world) {
    CHECK(execution_rows(world) == world.model.execution_rows());
    CHECK(log_rows(world) == world.model.log_rows());
    CHECK(watermark_rows(world) == world.model.watermark_rows());
    for (const CheckResult& result : verify_offline(*world.open())) {
        CAPTURE(result.name, result.first);
        CHECK(result.violations == 0);
    }
}

void check_that_verify_agrees(HistoryWorld& world) {
    NoProgress progress;
    world.source.failures.clear();
    world.sync();
    for (const JobComparison& job :
         verify_online(world.config, world.source, *world.open(), {}, world_clock(), progress)) {
        CAPTURE(job.job.name, job.now.differences.size());
        CHECK(agrees(job));
    }
}

constexpr int nights_of_a_history = 7;

std::uint32_t number_from_environment(const char* variable, std::uint32_t otherwise) {
    const char* text = std::getenv(variable);
    return text == nullptr ? otherwise : static_cast<std::uint32_t>(std::stoul(text));
}

void check_history(std::uint32_t seed, const std::string& backend, int nights) {
    CAPTURE(seed, backend);
    HistoryWorld world(seed, backend);
    for (int night = 0; night < nights; ++night) {
        CAPTURE(night);
        world.night();
        check_against_the_model(world);
    }
    check_that_verify_agrees(world);
}

} // namespace

TEST_CASE("random histories, synced at random, are stored as a naive model has them",
          "[property]") {
    for (std::uint32_t seed = 1; seed <= 20; ++seed)
        check_history(seed, "sqlite", nights_of_a_history);
}

TEST_CASE("random histories are stored in PostgreSQL as a naive model has them", "[property]") {
    for (std::uint32_t seed = 101; seed <= 103; ++seed)
        check_history(seed, "postgres", nights_of_a_history);
}

// `./dev nights` sets how many.
TEST_CASE("thousands of random nights are stored as a naive model has them", "[.][nights]") {
    const std::uint32_t first = number_from_environment("TIDEMARK_SEED", 1000);
    const auto check = [&](const char* variable, const std::string& backend) {
        const auto nights = number_from_environment(variable, 0);
        for (std::uint32_t i = 0; i * static_cast<unsigned>(nights_of_a_history) < nights; ++i)
            check_history(first + i, backend, nights_of_a_history);
    };
    check("TIDEMARK_NIGHTS", "sqlite");
    check("TIDEMARK_POSTGRES_NIGHTS", "postgres");
}
