#include "error.hpp"
#include "source/api_source.hpp"
#include "support/catch.hpp"
#include "support/neutral_rows.hpp"
#include "support/postgres_server.hpp"
#include "support/simulator.hpp"
#include "support/sync_world.hpp"
#include "support/wait_until.hpp"
#include "support/workspace.hpp"
#include "warehouse/backends.hpp"
#include "warehouse/migration.hpp"
#include "warehouse/sqlite/connection.hpp"
#include "warehouse/sqlite/statement.hpp"
#include "warehouse/sqlite/warehouse.hpp"
#include "warehouse/tables.hpp"
#include "warehouse/test_rows.hpp"

#include <fmt/format.h>
#include <signal.h>

#include <functional>
#include <future>
#include <set>
#include <thread>

using namespace tidemark;
using namespace tidemark::test;
using namespace std::chrono_literals;

namespace {

/// Asks a warehouse one number, as another program would.
std::function<std::int64_t(const std::string&)> analyst_of(const WarehouseConfig& config) {
    if (config.url.starts_with("postgresql:")) {
        return [url = config.url, schema = config.schema](const std::string& sql) {
            return std::stoll(run_sql(url, fmt::format("SET search_path = {}; {}", schema, sql)));
        };
    }
    auto file = std::make_shared<sqlite::Connection>(config.base / config.url.substr(7),
                                                     sqlite::Access::read_only);
    return [file](const std::string& sql) {
        std::int64_t number = 0;
        sqlite::Statement(*file, sql).each([&](const sqlite::Row& row) {
            number = row.integer(0);
        });
        return number;
    };
}

/// Counts, in one statement, the executions that are not whole: without all of their lines, or
/// without a run of a task that their lines name.
const std::string halves =
    "SELECT count(*) FROM execution e WHERE log_count <> (SELECT count(*) FROM execution_log l"
    " WHERE l.execution_key = e.execution_key) OR (NOT EXISTS (SELECT 1 FROM task_run t"
    " WHERE t.execution_key = e.execution_key) AND EXISTS (SELECT 1 FROM execution_log l"
    " WHERE l.execution_key = e.execution_key AND l.message LIKE 'Executing transfer task%'))";

} // namespace

TEST_CASE("of two syncs at once one gives up and changes nothing", "[locks]") {
    const auto backend = GENERATE(from_range(backends()));
    SyncWorld world(backend);
    world.source = sample_night("night1");
    world.sync();
    const auto rows = world.dump("execution");
    const auto holder = open_warehouse(world.config.warehouse, OpenMode::existing);
    const auto lease = holder->lease(0ms);
    world.source = sample_night("night2");
    CHECK_THROWS_AS(world.sync({.lease_wait = 20ms}), LeaseHeld);
    CHECK(world.dump("execution") == rows);
    CHECK(world.rows("sync_run").size() == 1);
}

TEST_CASE("a sync that waits goes on when the other one ends", "[locks]") {
    const auto backend = GENERATE(from_range(backends()));
    SyncWorld world(backend);
    world.source = sample_night("night1");
    const auto holder = open_warehouse(world.config.warehouse, OpenMode::create);
    auto lease = holder->lease(0ms);
    auto waiting = std::async(std::launch::async, [&] { return world.sync({.lease_wait = 60s}); });
    CHECK(waiting.wait_for(50ms) == std::future_status::timeout);
    lease.reset();
    CHECK(waiting.get().outcome == SyncOutcome::succeeded);
}

TEST_CASE("the program says that another sync holds the warehouse, with exit 4", "[locks]") {
    const Workspace workspace = Workspace::on("sqlite", "http://127.0.0.1:1");
    const auto holder = workspace.open(OpenMode::create);
    const auto lease = holder->lease(0ms);
    const Ran ran = workspace.run({"sync"});
    CHECK(ran.exit_code == 4);
    CHECK_THAT(ran.err, ContainsSubstring("another sync holds 'sqlite:") &&
                            ContainsSubstring("waited 10 s for it; try again later\n"));
}

TEST_CASE("a second name of the file does not let a second sync run beside the first", "[locks]") {
    const bool is_new = GENERATE(true, false);
    const std::string night = TIDEMARK_REPOSITORY "/tests/samples/night1";
    const Workspace workspace = Workspace::on("sqlite", "http://127.0.0.1:1");
    const Workspace by_link("http://127.0.0.1:1", "sqlite:" + (workspace / "other.db").string());
    if (!is_new) CHECK(workspace.run({"sync", "--from", night}).exit_code == 0);
    {
        const auto holder = workspace.open(OpenMode::create);
        const auto lease = holder->lease(0ms);
        std::filesystem::create_hard_link(workspace / "tidemark.db", workspace / "other.db");
        const Ran ran = by_link.run({"sync", "--from", night});
        CHECK(ran.exit_code == 4);
        CHECK_THAT(ran.err, ContainsSubstring("another sync holds '"));
    }
    const Ran alone = workspace.run({"sync", "--from", night});
    CHECK(alone.exit_code == 0);
    CHECK_THAT(alone.err, ContainsSubstring("tidemark.db' has 2 names (hard links)"));
    CHECK_THAT(workspace.run({"check"}).out, ContainsSubstring("warehouse      warning  '") &&
                                                 ContainsSubstring("has 2 names (hard links)"));
    std::filesystem::remove(workspace / "other.db");
    CHECK(workspace.run({"sync", "--from", night}).err.find("hard links") == std::string::npos);
    CHECK(workspace.run({"verify", "--from", night}).exit_code == 0);
}

TEST_CASE("a holder that is killed holds up nobody, and its sync is noted", "[locks]") {
    const auto backend = GENERATE(from_range(backends()));
    const Simulator simulator({"--jobs", "2", "--executions", "9", "--now", "2026-10-20T03:02:00"});
    simulator.send("fault?kind=stall&job=1&after=3000");
    const Workspace workspace = Workspace::on(backend, simulator.url());
    CHECK(workspace.run({"migrate"}).exit_code == 0);
    RunningTidemark killed(workspace.path(), {"sync"});
    const auto analyst = analyst_of(workspace.warehouse);
    wait_until([&] { return analyst("SELECT count(*) FROM watermark") >= 1; });
    REQUIRE(killed.signal(SIGKILL));
    killed.wait();
    simulator.send("fault?kind=none");
    CHECK(workspace.run({"sync"}).exit_code == 0);
    const auto sync_log = read_rows(*workspace.open(), "sync_run");
    REQUIRE(sync_log.size() == 2);
    CHECK(sync_log[0].text("outcome") == "interrupted");
    CHECK_THAT(sync_log[0].text("error"), ContainsSubstring("the sync was killed"));
    const Workspace undisturbed = Workspace::on(backend, simulator.url());
    CHECK(undisturbed.run({"sync"}).exit_code == 0);
    CHECK(neutral_rows(*workspace.open()) == neutral_rows(*undisturbed.open()));
}

TEST_CASE("a sync goes by a reader in a long transaction, who sees what was", "[locks]") {
    const auto backend = GENERATE(from_range(backends()));
    SyncWorld world(backend);
    world.source = sample_night("night1");
    world.sync();
    const auto before = world.rows("execution").size();
    world.source = sample_night("night2");
    std::size_t seen = 0;
    const auto reader = open_warehouse(world.config.warehouse, OpenMode::read_only);
    reader->read("execution", {.columns = [](const auto&) {},
                               .row =
                                   [&](const auto&) {
                                       if (++seen > 1) return;
                                       CHECK(world.sync().outcome != SyncOutcome::failed);
                                   }});
    CHECK(seen == before);
    CHECK(world.rows("execution").size() > before);
}

TEST_CASE("a batch waits for another program that writes to the file, but not for ever",
          "[locks]") {
    const TemporaryFolder folder;
    const auto file = folder / "warehouse.db";
    {
        const auto warehouse = open_sqlite_warehouse(file, OpenMode::create);
        migrate(*warehouse, system_now());
    }
    sqlite::Connection other(file, sqlite::Access::existing);
    other.execute("BEGIN IMMEDIATE");
    SECTION("it gives up after its time, and says why") {
        const auto warehouse = open_sqlite_warehouse(file, OpenMode::existing, 30ms);
        CHECK_THROWS_WITH(warehouse->write(foundation()),
                          ContainsSubstring("another program writes to it, try again"));
        other.execute("COMMIT");
        CHECK(rows_of(*warehouse, "job").empty());
        CHECK_NOTHROW(warehouse->write(foundation()));
    }
    SECTION("it goes on when the other one is done") {
        const auto warehouse = open_sqlite_warehouse(file, OpenMode::existing, 60s);
        auto writing = std::async(std::launch::async, [&] { warehouse->write(foundation()); });
        CHECK(writing.wait_for(30ms) == std::future_status::timeout);
        other.execute("COMMIT");
        CHECK_NOTHROW(writing.get());
    }
}

TEST_CASE("a reader who asks while a sync writes never sees half an execution", "[locks]") {
    const auto backend = GENERATE(from_range(backends()));
    const Simulator simulator(
        {"--jobs", "25", "--executions", "6", "--logs", "12", "--now", "2026-10-20T03:02:00"});
    SyncWorld world(backend);
    world.source = FakeSource();
    CHECK_NOTHROW(world.sync());
    const auto analyst = analyst_of(world.config.warehouse);
    std::set<std::int64_t> counts;
    std::int64_t half = 0;
    std::jthread reader([&](const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            half += analyst(halves);
            counts.insert(analyst("SELECT count(*) FROM execution"));
        }
    });
    SourceConfig config = world.config.source;
    config.base_url = simulator.url();
    for (const std::string now : {"03:02:00", "03:04:00", "03:06:00", "03:20:00"}) {
        simulator.send("clock?now=2026-10-20T" + now);
        const auto api = open_api_source(config, "a-secret-key");
        CHECK(world.sync_from(*api).outcome == SyncOutcome::succeeded);
    }
    reader.request_stop();
    reader.join();
    CHECK(half == 0);
    CHECK(counts.size() > 1); // it did look before and after what the sync wrote
    CHECK(analyst("SELECT count(*) FROM task_run") > 0);
}
