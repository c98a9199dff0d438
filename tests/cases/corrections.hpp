#pragma once

#include "support/neutral_rows.hpp"
#include "support/one_job.hpp"
#include "sync/outdated.hpp"
#include "sync/reattribute.hpp"

#include <string>
#include <vector>

/// What tests of a corrected configuration share.
namespace tidemark::test {

inline const StateMap from_one{.none = -1, .running = 1, .completed = 2, .failed = 3};

inline TimeZone zone(const char* name) { return TimeZone::find(name).value(); }

inline AttributionChanges attribute(SyncWorld& world) {
    const auto writer = world.open(OpenMode::existing);
    const auto lease = writer->lease(std::chrono::seconds{1});
    return reattribute(world.config, *writer, *world.open(), world_clock());
}

inline OutdatedHistory outdated(SyncWorld& world) {
    return outdated_history(*world.open(), world.config);
}

/// What both worlds must agree on; the zone that was in force first is a matter of how it came.
inline std::vector<std::string> history_of(SyncWorld& world) {
    auto rows = neutral_rows(*world.open(), true);
    std::erase_if(rows, [](const std::string& row) { return row.starts_with("organisation "); });
    return rows;
}

} // namespace tidemark::test
