// Corrected state codes make other states of what a source returns, and of what was pruned of it
// by its state.
#include "cases/corrections.hpp"
#include "support/catch.hpp"
#include "sync/pruned_world.hpp"
#include "warehouse/backends.hpp"

using namespace tidemark;
using namespace tidemark::test;

namespace {

BodyExecution with_state(BodyExecution execution, int state) {
    execution.state = state;
    return execution;
}

PruneOptions older_than_four_days(std::set<State> states) {
    return {.older_than = 4 * a_day, .states = std::move(states)};
}

/// Two nights that completed and one that failed may go, when they are four days old.
struct OldNights : OneJob {
    OldNights()
        : OneJob({ended(1, "2026-10-01"), ended(2, "2026-10-02"),
                  with_state(ended(3, "2026-10-03"), 2), with_state(ended(4, "2026-10-08"), 2),
                  ended(5, "2026-10-09")},
                 GENERATE(from_range(backends()))) {
        config.sync.lookback = 3 * a_day;
        set_world_clock("2026-10-10 06:00:00");
        sync();
    }

    void swap_codes() { std::swap(config.source.states.completed, config.source.states.failed); }

    void check_that_nothing_comes_back(std::size_t stored) {
        for (const bool full : {false, true}) {
            CHECK(sync({.full = full}).counts.executions_new == 0);
            CHECK(rows("execution").size() == stored);
        }
        CHECK(damage().empty());
    }
};

} // namespace

TEST_CASE("what was pruned by its state stays away when the state codes are corrected", "[prune]") {
    OldNights world;
    REQUIRE(prune_now(world, older_than_four_days({State::completed})).executions == 2);
    world.swap_codes();
    SECTION("before the history follows them") { world.check_that_nothing_comes_back(3); }
    SECTION("and the history follows them") {
        attribute(world);
        world.check_that_nothing_comes_back(3);
    }
    SECTION("and are corrected back") {
        attribute(world);
        world.swap_codes();
        world.check_that_nothing_comes_back(3);
    }
    SECTION("and more is pruned by them") {
        attribute(world);
        CHECK(prune_now(world, older_than_four_days({State::completed})).executions == 1);
        world.check_that_nothing_comes_back(2);
        world.swap_codes();
        world.check_that_nothing_comes_back(2);
    }
}

TEST_CASE("what is pruned by states of other codes than today's stays away", "[prune]") {
    OldNights world;
    world.swap_codes(); // and nothing has applied them to what is stored
    REQUIRE(prune_now(world, older_than_four_days({State::completed})).executions == 2);
    world.check_that_nothing_comes_back(3);
}

TEST_CASE("a mark of an earlier version is of today's state codes", "[prune]") {
    OldNights world;
    REQUIRE(prune_now(world, older_than_four_days({State::completed})).executions == 2);
    world.execute("UPDATE prune_mark SET state_codes = NULL");
    world.check_that_nothing_comes_back(3);
}
