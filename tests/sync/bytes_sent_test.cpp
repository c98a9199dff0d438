#include "source/api_source.hpp"
#include "support/catch.hpp"
#include "support/simulator.hpp"
#include "support/sync_world.hpp"

#include <nlohmann/json.hpp>

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// A simulator with two jobs of two years, and a warehouse to load it into.
struct TwoYears {
    TwoYears() {
        world.config.source.base_url = simulator.url();
        world.config.source.max_concurrent_requests = 2;
    }

    SyncReport sync(const SyncOptions& options = {}) {
        simulator.send("reset");
        const auto source = open_api_source(world.config.source, "a-secret-key");
        return world.sync_from(*source, options);
    }

    /// By the simulator, in the last sync.
    std::int64_t sent() const {
        return nlohmann::json::parse(simulator.stats()).at("bytes_sent").get<std::int64_t>();
    }

    Simulator simulator{{"--jobs", "2", "--executions", "700", "--logs-per-execution", "100",
                         "--now", "2026-10-09T05:00:00"}};
    SyncWorld world;
};

} // namespace

TEST_CASE("a sync with nothing new has little sent to it where bodies come newest first",
          "[sync]") {
    TwoYears years;
    years.sync();
    const auto whole = years.sent();
    const SyncReport again = years.sync();
    CAPTURE(whole, again.counts.bytes, years.sent());
    CHECK(again.counts.executions_new == 0);
    CHECK(again.counts.bytes * 50 < whole);
    CHECK(years.sent() * 10 < whole); // what the network's buffers hold is sent, and never read
}

TEST_CASE("a sync with nothing new has nothing sent to it where bodies have versions", "[sync]") {
    TwoYears years;
    years.simulator.send(GENERATE("options?etag=true", "options?last-modified=true"));
    years.sync();
    years.simulator.send("clock?advance=120"); // a date younger than a minute is not relied on
    years.sync({.full = true});
    const SyncReport again = years.sync();
    CHECK(again.counts.bytes == 0);
    CHECK(years.sent() < 1000); // the list of jobs
    CHECK(again.jobs.at(0).reading == BodyReading::unchanged);
    years.simulator.send("clock?advance=86400");
    CHECK(years.sync().counts.executions_new == 2);
}
