#include "support/catch.hpp"
#include "support/postgres_server.hpp"
#include "support/sync_world.hpp"
#include "warehouse/migration.hpp"
#include "warehouse/sql_files.hpp"
#include "warehouse/warehouse.hpp"

#include <nlohmann/json.hpp>

#include <set>

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// A hundred thousand lines of a thousand executions, four a day, and what belongs to them.
constexpr const char* some_history =
    "SET timezone = 'UTC';"
    " INSERT INTO organisation VALUES (1, 'default', 'https://gateway.example', 'UTC');"
    " INSERT INTO job SELECT j, 1, gen_random_uuid(), 'Job ' || j, now()"
    "  FROM generate_series(1, 10) j;"
    " INSERT INTO data_source SELECT s, 'Source ' || s, 26, 1 FROM generate_series(1, 10) s;"
    " INSERT INTO transfer_task SELECT t, 'Task ' || t, nullif(t % 11, 0), 1"
    "  FROM generate_series(1, 50) t;"
    " INSERT INTO execution SELECT e, gen_random_uuid(), e % 10 + 1,"
    "  CASE WHEN e % 20 = 0 THEN 'failed' ELSE 'completed' END, 1, NULL, begun,"
    "  begun + interval '9 min', 540000, begun::date, 100, begun, begun, NULL, NULL, NULL, e, false"
    "  FROM generate_series(1, 1000) e,"
    "  LATERAL (SELECT timestamptz '2026-01-01' + e * interval '6 hours' AS begun) b;"
    " INSERT INTO task_run SELECT e.execution_key, (e.execution_key + t) % 50 + 1, e.created_at,"
    "  e.ended_at, 'succeeded', e.ended_at, 1, 5, NULL, 'convention', 540000"
    "  FROM execution e, generate_series(0, 4) t;"
    " INSERT INTO execution_log (execution_key, log_id, logged_at, severity, message, line_number)"
    "  SELECT e.execution_key, gen_random_uuid(), e.created_at, 1,"
    "  'line ' || l || repeat(' and so on', 8), l FROM execution e, generate_series(1, 100) l;"
    " INSERT INTO message_shape SELECT 1, e, 'shape ' || e, now(), now(), 1, 1, 'shape', e"
    "  FROM generate_series(1, 1000) e;"
    " INSERT INTO message_shape_job SELECT 1, e, e % 10 + 1, now(), now(), 1"
    "  FROM generate_series(1, 1000) e;"
    " ANALYZE organisation, job, data_source, transfer_task, execution, task_run, execution_log,"
    "  message_shape, message_shape_job"; // of this schema alone: the server holds many

bool scans(const nlohmann::json& plan, const std::string& table) {
    if (plan.value("Relation Name", "") == table && plan["Node Type"] == "Seq Scan") return true;
    const auto parts = plan.value("Plans", nlohmann::json::array());
    return std::any_of(parts.begin(), parts.end(),
                       [&](const auto& part) { return scans(part, table); });
}

/// Whether the server would read this whole table for this.
bool reads_whole(const std::string& table, const WarehouseConfig& warehouse,
                 const std::string& query) {
    const auto plan = run_sql(warehouse.url, "SET search_path = " + warehouse.schema +
                                                 "; EXPLAIN (FORMAT JSON) SELECT " + query);
    return scans(nlohmann::json::parse(plan)[0]["Plan"], table);
}

bool reads_whole_log(const WarehouseConfig& warehouse, const std::string& query) {
    return reads_whole("execution_log", warehouse, query);
}

} // namespace

TEST_CASE("no view reads all log lines unless it hands out all of them", "[postgres]") {
    SyncWorld world("postgres");
    const WarehouseConfig& config = world.config.warehouse;
    const auto warehouse = open_warehouse(config, OpenMode::create);
    migrate(*warehouse, world_clock());
    world.execute(some_history);
    for (const ViewFile& view : view_files_of(warehouse->dialect())) {
        CAPTURE(view.name);
        CHECK(reads_whole_log(config, "* FROM " + std::string(view.name)) ==
              (view.name == "fact_log"));
    }
    const std::string a_day = "created_at_utc >= '2026-01-20' AND created_at_utc < '2026-01-21'";
    CHECK_FALSE(reads_whole_log(config, "* FROM fact_log WHERE " + a_day));
    CHECK_FALSE(reads_whole_log(config, "* FROM fact_log WHERE created_at_utc >= '2026-09-07'"));
    CHECK_FALSE(reads_whole_log(config, "max(changed_at_utc) FROM fact_log WHERE " + a_day));
}

TEST_CASE("no view of failures reads all task runs", "[postgres]") {
    SyncWorld world("postgres");
    const WarehouseConfig& config = world.config.warehouse;
    migrate(*open_warehouse(config, OpenMode::create), world_clock());
    world.execute(some_history);
    CHECK(reads_whole("task_run", config, "* FROM fact_task_run"));
    for (const std::string view : {"failed_tasks", "failed_runs"}) {
        CAPTURE(view);
        CHECK_FALSE(reads_whole("task_run", config, "* FROM " + view));
    }
}
