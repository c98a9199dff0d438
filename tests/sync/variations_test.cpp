#include "source/api_source.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/simulator.hpp"
#include "support/sync_world.hpp"
#include "warehouse/migration.hpp"

#include <algorithm>

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// What a body may do that must not change a row, as query strings for the simulator.
std::vector<std::string> product(const std::vector<std::vector<std::string>>& switches) {
    std::vector<std::string> all = {""};
    for (const auto& values : switches) {
        std::vector<std::string> longer;
        for (const std::string& head : all) {
            for (const std::string& value : values)
                longer.push_back(head + value + "&");
        }
        all = std::move(longer);
    }
    return all;
}

std::filesystem::path file_of(const SyncWorld& world) {
    return world.config.warehouse.base / "tidemark.db";
}

/// An empty warehouse, made once: to make one takes longer than a load as small as these.
const std::string& empty_warehouse() {
    static const std::string file = [] {
        const SyncWorld world;
        migrate(*world.open(OpenMode::create), system_now());
        return read_file(file_of(world));
    }();
    return file;
}

/// The rows that one load of the simulator's organisation ends in, without what may differ: the
/// digits of the states, and the members that were sent as extras.
std::vector<std::string> load(const Simulator& simulator, bool states_from_one) {
    SyncWorld world;
    write_file(file_of(world), empty_warehouse());
    set_world_clock("2026-10-09 06:00:00");
    if (states_from_one) world.config.source.states = {-1, 1, 2, 3};
    world.config.source.base_url = simulator.url();
    const auto source = open_api_source(world.config.source, "a-secret-key");
    CHECK(world.sync_from(*source).outcome == SyncOutcome::succeeded);
    std::vector<std::string> rows;
    // keys are handed out in the order of the body, so what they stand for is compared instead
    for (const auto& [table, without] :
         std::vector<std::pair<std::string, std::vector<std::string>>>{
             {"execution",
              {"execution_key", "state_code", "content_hash", "extra", "source_timezone"}},
             {"execution_log", {"execution_key", "extra"}},
             {"task_run", {"execution_key", "transfer_task_key"}},
             {"watermarks", {}},
             {"last_successful_load", {"age_hours", "data_source_key"}}}) {
        for (const std::string& row : world.dump(table, without))
            rows.push_back(table + " " + row);
    }
    std::sort(rows.begin(), rows.end());
    return rows;
}

/// Loads every so many of the product. `step` has no factor in common with the numbers of values,
/// so that each value stands beside each other one.
void check_product(std::size_t step) {
    const Simulator simulator({"--seed", "7", "--jobs", "1", "--executions", "4", "--logs", "8",
                               "--start", "2026-10-01", "--now", "2026-10-09T03:02:00",
                               "--logless-percent", "25", "--fraction", "6"});
    const auto expected = load(simulator, false);
    REQUIRE(expected.size() > 30);
    const auto variations = product({{"order=oldest&log-order=newest",
                                      "order=newest&log-order=none", "order=none&log-order=oldest"},
                                     {"casing=pascal", "casing=camel"},
                                     {"members=documented", "members=reversed", "members=shuffled"},
                                     {"time=plain", "time=z", "time=offset:+02:00"},
                                     {"states=0", "states=1"},
                                     {"extras=off", "extras=on"},
                                     {"logs=present", "logs=null", "logs=missing"}});
    for (std::size_t i = 0; i < variations.size(); i += step) {
        const std::string& variation = variations[i];
        simulator.send("options?" + variation);
        const auto rows = load(simulator, variation.find("states=1") != std::string::npos);
        if (rows == expected) continue;
        INFO(variation);
        REQUIRE(rows == expected);
    }
}

} // namespace

TEST_CASE("a fifth of the product of body variations loads to the same rows", "[sync]") {
    check_product(5);
}

// `./dev nights` runs it.
TEST_CASE("the whole product of body variations loads to the same rows", "[.][nights]") {
    check_product(1);
}

TEST_CASE("a zone's local times load to the same rows when the zone is configured", "[sync]") {
    const Simulator simulator({"--jobs", "1", "--executions", "3", "--now", "2026-10-09T03:02:00",
                               "--start", "2026-10-01"});
    const auto expected = load(simulator, false);
    simulator.send("options?time=zone:Europe/Copenhagen&open-end=minimum&fraction=varying");
    SyncWorld world;
    world.config.source.timezone = TimeZone::find("Europe/Copenhagen").value();
    world.config.source.base_url = simulator.url();
    const auto source = open_api_source(world.config.source, "a-secret-key");
    world.sync_from(*source);
    std::vector<std::string> rows;
    for (const auto& row : world.dump("last_successful_load", {"age_hours", "data_source_key"})) {
        rows.push_back("last_successful_load " + row);
    }
    CHECK(std::includes(expected.begin(), expected.end(), rows.begin(), rows.end()));
}
