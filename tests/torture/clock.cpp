#include "support/neutral_rows.hpp"
#include "support/sync_world.hpp"
#include "torture/accidents.hpp"

#include <fmt/format.h>

namespace tidemark::torture {
namespace {

using test::SyncWorld;

std::vector<std::string> rows_of(const SyncWorld& world) {
    return test::neutral_rows(*open_warehouse(world.config.warehouse, OpenMode::read_only));
}

/// Both nights of the samples, and the second once more; `clock` is the machine's during the
/// second.
std::vector<std::string> three_syncs(std::string_view backend, const std::string& clock) {
    SyncWorld world(backend);
    test::set_world_clock("2026-10-09 06:00:00");
    world.source = test::sample_night("night1");
    world.sync();
    world.source = test::sample_night("night2");
    test::set_world_clock(clock);
    world.sync();
    test::set_world_clock("2026-10-12 06:00:00");
    world.sync();
    return rows_of(world);
}

} // namespace

Tally set_clock_wrong(std::string_view backend, int rounds, Random& random) {
    Tally tally{.accident = "next night: clock set wrong", .backend = std::string{backend}};
    const auto expected = three_syncs(backend, "2026-10-11 06:00:00");
    for (int round = 0; round < rounds; ++round) {
        const auto clock = fmt::format("{}-{:02}-{:02} {:02}:00:00", 1970 + random() % 100,
                                       1 + random() % 12, 1 + random() % 28, random() % 24);
        ++tally.tried;
        ++tally.struck;
        const auto rows = test::difference(expected, three_syncs(backend, clock));
        tally.lost += rows.lost.size();
        tally.doubled += rows.doubled.size();
        if (rows.none()) {
            ++tally.recovered;
        } else {
            tally.remarks.push_back("with the clock at " + clock);
        }
    }
    return tally;
}

} // namespace tidemark::torture
