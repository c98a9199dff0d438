#include "cases/corrections.hpp"
#include "support/catch.hpp"

#include <fmt/format.h>

#include <random>

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// Twelve nights, before each of which zones and state codes may be corrected.
void correct_between_nights(const char* backend, unsigned seed) {
    CAPTURE(backend, seed);
    std::mt19937 random(seed);
    const auto pick = [&](unsigned n) { return static_cast<unsigned>(random()) % n; };
    const std::vector<const char*> zones{"UTC", "Europe/Copenhagen", "Pacific/Auckland",
                                         "America/New_York"};
    OneJob world({}, backend);
    std::vector<BodyExecution> executions;
    for (unsigned night = 1; night <= 12; ++night) {
        for (BodyExecution& execution : executions) {
            if (!execution.ended.empty() || pick(2) == 0) continue;
            execution.ended = execution.created.substr(0, 10) + "T22:30:00";
            execution.state = static_cast<int>(2 + pick(2));
        }
        set_world_clock(fmt::format("2026-{:02}-15 06:00:00", night));
        for (unsigned i = 0; i < 3; ++i) {
            const auto day = fmt::format("2026-{:02}-{:02}", night, 1 + pick(13));
            executions.push_back(pick(3) == 0 ? running(night * 10 + i, day)
                                              : ended(night * 10 + i, day));
            executions.back().state = static_cast<int>(executions.back().ended.empty() ? 1 : 2);
        }
        world.set(executions);
        if (pick(3) == 0) world.config.source.states = pick(2) == 0 ? StateMap{} : from_one;
        if (pick(3) == 0) world.config.source.timezone = zone(zones[pick(4)]);
        if (pick(3) == 0) world.config.sync.reporting_timezone = zone(zones[pick(4)]);
        world.sync();
        CHECK(world.damage().empty());
        if (pick(4) == 0) attribute(world);
        CHECK(world.damage().empty());
    }
    attribute(world);
    CHECK(world.sync({.full = true}).outdated.none());
    CHECK(world.damage().empty());
    OneJob fresh(executions, backend);
    set_world_clock("2026-12-15 06:00:00");
    fresh.config.source = world.config.source;
    fresh.config.sync = world.config.sync;
    fresh.sync();
    CHECK(history_of(world) == history_of(fresh));
}

} // namespace

TEST_CASE("whatever is corrected between nights, attribute and a full sync end in one history") {
    correct_between_nights(GENERATE("sqlite", "postgres"), 1);
}

TEST_CASE("many corrected configurations end in one history", "[.][nights]") {
    correct_between_nights(GENERATE("sqlite", "postgres"), GENERATE(range(2U, 40U)));
}
