// What a real Citus cluster does. It cannot be installed here: these run where TIDEMARK_CITUS_URL
// names a coordinator, as postgresql://user@host/database; everything happens in schemas of their
// own.
#include "support/catch.hpp"
#include "support/neutral_rows.hpp"
#include "support/no_progress.hpp"
#include "support/postgres_server.hpp"
#include "support/skip.hpp"
#include "support/sync_world.hpp"
#include "sync/prune.hpp"
#include "sync/reattribute.hpp"
#include "verify/online.hpp"
#include "warehouse/copy.hpp"
#include "warehouse/migration.hpp"
#include "warehouse/sql_files.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const char* coordinator() { return std::getenv("TIDEMARK_CITUS_URL"); }

/// Whether there is a cluster; says so when there is none.
bool has_cluster() {
    if (coordinator() == nullptr) {
        skip_case("TIDEMARK_CITUS_URL names no coordinator of a Citus cluster");
    }
    return coordinator() != nullptr;
}

/// A world whose warehouse lies on the cluster.
class Cluster : public SyncWorld {
public:
    Cluster() : SyncWorld("postgres") {
        static int schemas = 0;
        config.warehouse.url = coordinator();
        config.warehouse.schema = fmt::format("tidemark_test_{}_{}", getpid(), ++schemas);
        const auto warehouse = open(OpenMode::create);
        migrate(*warehouse, world_clock());
        moved = lay_out(config.warehouse, Layout::citus);
        define_views(*warehouse);
    }
    ~Cluster() {
        try {
            run_sql(config.warehouse.url,
                    fmt::format("DROP SCHEMA {} CASCADE", config.warehouse.schema));
        } catch (const std::exception& error) {
            WARN(error.what());
        }
    }

    [[nodiscard]] std::string ask(const std::string& sql) const {
        return run_sql(config.warehouse.url,
                       fmt::format("SET search_path = {}; {}", config.warehouse.schema, sql));
    }

    std::vector<TablePlace> moved;
};

void two_nights(SyncWorld& world) {
    set_world_clock("2026-10-11 06:00:00");
    world.source = sample_night("night1");
    world.sync();
    set_world_clock("2026-10-12 06:00:00");
    world.source = sample_night("night2");
    world.sync();
}

/// A view's rows as it hands them out, those of one without an order sorted, without what the
/// server's own clock makes.
std::vector<std::string> shown(Warehouse& warehouse, const ViewFile& view) {
    std::vector<std::string> lines;
    for (const Row& row : read_rows(warehouse, view.name)) {
        std::string line;
        for (const auto& [column, value] : row.values) {
            if (column != "age_hours") line += fmt::format("{}={};", column, row.text(column));
        }
        lines.push_back(line);
    }
    if (view.sql.find("\nORDER BY") == std::string::npos) std::sort(lines.begin(), lines.end());
    return lines;
}

/// "" when all lines are the same, in the same order.
std::string first_difference(const std::vector<std::string>& expected,
                             const std::vector<std::string>& found) {
    const auto [left, right] =
        std::mismatch(expected.begin(), expected.end(), found.begin(), found.end());
    if (left == expected.end() && right == found.end()) return "";
    return fmt::format("expected {}\nfound {}", left == expected.end() ? "no more" : *left,
                       right == found.end() ? "no more" : *right);
}

/// Both hold the same history, and show the same.
void check_alike(Cluster& cluster, SyncWorld& plain, std::size_t fewest_rows = 1000) {
    const auto left = plain.open();
    const auto right = cluster.open();
    const auto rows = neutral_rows(*right);
    const RowDifference differs = difference(neutral_rows(*left), rows);
    CHECK(differs.lost == std::vector<std::string>{});
    CHECK(differs.doubled == std::vector<std::string>{});
    CHECK(rows.size() > fewest_rows);
    for (const ViewFile& view : view_files_of(left->dialect())) {
        CAPTURE(view.name);
        CHECK(first_difference(shown(*left, view), shown(*right, view)) == "");
    }
    CHECK(cluster.damage() == std::vector<std::string>{});
}

} // namespace

TEST_CASE("a warehouse on a Citus cluster holds and shows what one on a plain server does",
          "[citus]") {
    if (!has_cluster()) return;
    SyncWorld plain("postgres");
    Cluster cluster;
    CHECK(cluster.moved.size() > 1);
    CHECK(lay_out(cluster.config.warehouse, Layout::citus).empty());
    for (SyncWorld* world : std::initializer_list<SyncWorld*>{&plain, &cluster}) {
        two_nights(*world);
        const SyncReport again = world->sync();
        CHECK(again.counts.executions_new + again.counts.executions_changed == 0);
    }
    check_alike(cluster, plain);

    NoProgress progress;
    const auto compared =
        verify_online(cluster.config, cluster.source, *cluster.open(), {}, world_clock(), progress);
    CHECK(compared.size() == 4);
    CHECK(std::all_of(compared.begin(), compared.end(), agrees));

    for (SyncWorld* world : std::initializer_list<SyncWorld*>{&plain, &cluster}) {
        world->config.attribution.conventions = {{"^(?P<source>.)"}};
        // as a program stored lines that knew no kinds
        world->execute("UPDATE execution_log SET shape_key = NULL");
        world->execute("DELETE FROM message_shape_job");
        world->execute("DELETE FROM message_shape");
        const auto writer = world->open(OpenMode::create);
        const auto lease = writer->lease(default_lease_wait);
        CHECK_FALSE(
            reattribute(world->config, *writer, *world->open(), world_clock()).moves.empty());
    }
    check_alike(cluster, plain);

    CHECK_FALSE(lay_out(cluster.config.warehouse, Layout::one_server).empty());
    define_views(*cluster.open(OpenMode::create));
    CHECK(cluster.ask("SELECT count(*) FROM pg_dist_partition p JOIN pg_class c ON c.oid ="
                      " p.logicalrelid WHERE c.relnamespace = current_schema()::regnamespace") ==
          "0");
    CHECK(lay_out(cluster.config.warehouse, Layout::one_server).empty());
    check_alike(cluster, plain);
}

TEST_CASE("a warehouse is copied to a Citus cluster and back", "[citus]") {
    if (!has_cluster()) return;
    SyncWorld file;
    two_nights(file);
    Cluster cluster;
    copy_warehouse(*file.open(), *file.open(), *cluster.open(OpenMode::create));
    SyncWorld back("postgres");
    const auto there = back.open(OpenMode::create);
    migrate(*there, world_clock());
    copy_warehouse(*cluster.open(), *cluster.open(), *there);
    for (const auto& [from, to] : {std::pair<SyncWorld*, SyncWorld*>{&file, &cluster},
                                   std::pair<SyncWorld*, SyncWorld*>{&cluster, &back}}) {
        for (const TableComparison& table : compare_warehouses(*from->open(), *to->open())) {
            CAPTURE(table.table);
            CHECK(table.equal);
        }
    }
}

TEST_CASE("what is pruned on a Citus cluster is what a plain server prunes", "[citus]") {
    if (!has_cluster()) return;
    SyncWorld plain("postgres");
    Cluster cluster;
    for (SyncWorld* world : std::initializer_list<SyncWorld*>{&plain, &cluster}) {
        two_nights(*world);
        world->config.sync.lookback = std::chrono::hours{24};
        for (const bool logs_only : {true, false}) {
            const PruneOptions options{.older_than = std::chrono::hours{logs_only ? 96 : 144},
                                       .logs_only = logs_only};
            const auto writer = world->open(OpenMode::existing);
            const auto lease = writer->lease(default_lease_wait);
            const auto plan = plan_prune(world->config, *writer, options, world_clock());
            CHECK(prune(world->config, *writer, *world->open(), options, plan, world_clock(),
                        [](const PruneTally&) {})
                      .executions > 5);
        }
        CHECK(world->sync({.full = true}).counts.executions_new == 0);
    }
    for (const std::string table : {"job_day", "task_day", "source_day", "prune_mark"}) {
        CAPTURE(table);
        CHECK_FALSE(plain.rows(table).empty());
        CHECK(cluster.dump(table) == plain.dump(table));
    }
    check_alike(cluster, plain, 500);
}

TEST_CASE("a later migration reaches a warehouse that lies on a Citus cluster", "[citus]") {
    if (!has_cluster()) return;
    // what the files of schema/ have done so far: columns, computed ones, rows filled in, an index,
    // a table
    const SchemaFile later{
        .version = 999,
        .name = "999_later.sql",
        .sql =
            "ALTER TABLE execution_log ADD COLUMN later bigint;"
            " UPDATE execution_log SET later = numbered.place FROM (SELECT execution_key, log_id,"
            " row_number() OVER (PARTITION BY execution_key ORDER BY logged_at, log_id) AS place"
            " FROM execution_log) numbered"
            " WHERE execution_log.execution_key = numbered.execution_key"
            " AND execution_log.log_id = numbered.log_id;"
            " ALTER TABLE execution_log ALTER COLUMN later SET DEFAULT 0;"
            " ALTER TABLE execution ADD COLUMN later integer GENERATED ALWAYS AS"
            " ((state = 'failed')::integer) STORED;"
            " UPDATE execution SET changed_at = changed_at WHERE log_count > 0;"
            " CREATE INDEX execution_later ON execution (later);"
            " CREATE TABLE later_table (execution_key bigint PRIMARY KEY REFERENCES execution)"};
    SyncWorld plain("postgres");
    Cluster cluster;
    for (SyncWorld* world : std::initializer_list<SyncWorld*>{&plain, &cluster}) {
        set_world_clock("2026-10-11 06:00:00");
        world->source = sample_night("night1");
        world->sync();
        const auto warehouse = world->open(OpenMode::create);
        warehouse->define_views({}, "");
        warehouse->apply(later, world_clock());
        define_views(*warehouse);
        // this program knows nothing of it, and would refuse a newer schema
        world->execute("DELETE FROM schema_migration WHERE version = 999");
    }
    CHECK(cluster.ask("SELECT count(*) FROM execution_log WHERE later > 0") ==
          cluster.ask("SELECT count(*) FROM execution_log"));
    CHECK(lay_out(cluster.config.warehouse, Layout::citus).empty());
    for (SyncWorld* world : std::initializer_list<SyncWorld*>{&plain, &cluster}) {
        set_world_clock("2026-10-12 06:00:00");
        world->source = sample_night("night2");
        CHECK(world->sync().counts.executions_new > 0);
    }
    check_alike(cluster, plain);
}
