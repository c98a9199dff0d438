#include "source/api_source.hpp"
#include "support/catch.hpp"
#include "support/postgres_server.hpp"
#include "support/simulator.hpp"
#include "support/sync_world.hpp"
#include "warehouse/copy.hpp"
#include "warehouse/migration.hpp"

using namespace tidemark;
using namespace tidemark::test;

namespace {

void check_equal(SyncWorld& left, SyncWorld& right) {
    const auto from = open_warehouse(left.config.warehouse, OpenMode::read_only);
    const auto to = open_warehouse(right.config.warehouse, OpenMode::read_only);
    for (const TableComparison& table : compare_warehouses(*from, *to)) {
        CAPTURE(table.table, table.rows_from, table.rows_to);
        CHECK(table.equal);
    }
}

/// Both nights of the samples, then a month of a simulated organisation, night by night.
void live_a_month(SyncWorld& world) {
    set_world_clock("2026-10-09 06:00:00");
    world.source = sample_night("night1");
    world.sync();
    set_world_clock("2026-10-11 06:00:00");
    world.source = sample_night("night2");
    world.sync();

    const Simulator simulator({"--seed", "3", "--jobs", "3", "--start", "2026-10-01", "--now",
                               "2026-10-02T03:02:00", "--eventful", "--extras", "--retention-days",
                               "20", "--order", "none"});
    world.config.source.organisation = "simulated";
    world.config.source.base_url = "https://simulated.example";
    SourceConfig source = world.config.source;
    source.base_url = simulator.url();
    source.max_concurrent_requests = 1; // so that keys are handed out in one order
    for (int day = 2; day <= 31; ++day) {
        const std::string date =
            "2026-10-" + std::string(day < 10 ? "0" : "") + std::to_string(day);
        simulator.send("clock?now=" + date + "T03:02:00");
        set_world_clock(date + " 06:00:00");
        const auto api = open_api_source(source, "a-secret-key");
        world.sync_from(*api);
    }
}

void copy(SyncWorld& from, SyncWorld& to) {
    const auto source = open_warehouse(from.config.warehouse, OpenMode::read_only);
    const auto lines = open_warehouse(from.config.warehouse, OpenMode::read_only);
    const auto target = open_warehouse(to.config.warehouse, OpenMode::create);
    const auto lease = target->lease(std::chrono::seconds{1});
    migrate(*target, world_clock());
    copy_warehouse(*source, *lines, *target);
}

} // namespace

TEST_CASE("after the same syncs both databases hold the same rows") {
    SyncWorld sqlite("sqlite");
    SyncWorld postgres("postgres");
    live_a_month(sqlite);
    live_a_month(postgres);
    CHECK(sqlite.rows("execution").size() > 100);
    CHECK_FALSE(sqlite.dump("execution").empty());
    check_equal(sqlite, postgres);
}

TEST_CASE("a warehouse is copied whole from SQLite to PostgreSQL and back, and again") {
    SyncWorld sqlite("sqlite");
    SyncWorld postgres("postgres");
    SyncWorld back("sqlite");
    live_a_month(sqlite);
    sqlite.execute("INSERT INTO history_gap (job_key, missing_from, missing_until, sync_run_key)"
                   " VALUES (1, '2026-09-01 00:00:00.000000', '2026-09-02 00:00:00.000000', 1)");
    copy(sqlite, postgres);
    check_equal(sqlite, postgres);
    copy(sqlite, postgres);
    check_equal(sqlite, postgres);
    copy(postgres, back);
    check_equal(sqlite, back);
    CHECK(sqlite.dump("last_successful_load", {"age_hours"}) ==
          postgres.dump("last_successful_load", {"age_hours"}));
}

TEST_CASE("a copy that differs in one value is told") {
    SyncWorld sqlite("sqlite");
    SyncWorld postgres("postgres");
    sqlite.source = sample_night("night1");
    sqlite.sync();
    copy(sqlite, postgres);
    postgres.execute("UPDATE execution_log SET message = message || '!' WHERE log_id ="
                     " (SELECT min(log_id::text)::uuid FROM execution_log)");
    const auto from = open_warehouse(sqlite.config.warehouse, OpenMode::read_only);
    const auto to = open_warehouse(postgres.config.warehouse, OpenMode::read_only);
    for (const TableComparison& table : compare_warehouses(*from, *to)) {
        CAPTURE(table.table);
        CHECK(table.equal == (table.table != "execution_log"));
    }
}

TEST_CASE("a target with another history is refused") {
    SyncWorld sqlite("sqlite");
    SyncWorld other("sqlite");
    sqlite.source = sample_night("night1");
    sqlite.sync();
    other.source = sample_night("night2");
    other.sync();
    CHECK_THROWS_WITH(copy(sqlite, other), ContainsSubstring("another history"));
}
