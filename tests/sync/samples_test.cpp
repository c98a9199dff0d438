#include "support/catch.hpp"
#include "support/sync_world.hpp"

#include <nlohmann/json.hpp>

#include <fstream>
#include <set>

using namespace tidemark;
using namespace tidemark::test;

namespace {

nlohmann::json expected(const std::string& night) {
    std::ifstream in(TIDEMARK_REPOSITORY "/tests/samples/" + night + "/expected.json");
    return nlohmann::json::parse(in);
}

std::int64_t count(const std::vector<Row>& rows, std::string_view column,
                   const std::string& value) {
    return std::count_if(rows.begin(), rows.end(),
                         [&](const Row& row) { return row.text(column) == value; });
}

void check_executions(SyncWorld& world, const nlohmann::json& want) {
    const auto executions = world.rows("execution");
    CHECK(static_cast<int>(executions.size()) == want["executions"]);
    for (const char* state : {"running", "completed", "failed"}) {
        CHECK(count(executions, "state", state) == want[state]);
    }
    CHECK(static_cast<std::int64_t>(executions.size()) - count(executions, "trigger_id", "") ==
          want["api_triggered"]);
    std::int64_t logs = 0;
    for (const Row& row : executions)
        logs += row.integer("log_count");
    CHECK(logs == want["logs"]);
    CHECK(static_cast<int>(world.rows("execution_log").size()) == want["logs"]);
}

void check_jobs(SyncWorld& world, const nlohmann::json& want) {
    std::set<std::string> removed;
    for (const Row& row : world.rows("job")) {
        CHECK(row.text("name") == want["names"][row.text("job_id")].get<std::string>());
        if (!row.text("missing_since").empty()) removed.insert(row.text("job_id"));
    }
    CHECK(removed == want["removed"].get<std::set<std::string>>());
}

void check_task_runs(SyncWorld& world, const nlohmann::json& want) {
    const auto runs = world.rows("task_run");
    CHECK(static_cast<int>(runs.size()) == want["task_runs"]);
    for (const auto& [outcome, number] : want["task_runs_by_outcome"].items()) {
        CHECK(count(runs, "outcome", outcome) == number);
    }
    std::map<std::string, std::string> last_success;
    for (const Row& row : world.rows("last_successful_load")) {
        last_success[row.text("data_source")] = row.text("last_success_at_utc").substr(0, 23);
    }
    CHECK(last_success == want["last_success"].get<std::map<std::string, std::string>>());
    std::set<std::string> unattributed;
    for (const Row& row : world.rows("transfer_task")) {
        if (row.text("data_source_key").empty()) unattributed.insert(row.text("name"));
    }
    CHECK(unattributed == want["unattributed"].get<std::set<std::string>>());
}

void check_night(SyncWorld& world, const std::string& night) {
    const auto want = expected(night);
    check_executions(world, want);
    check_jobs(world, want);
    check_task_runs(world, want);
}

} // namespace

TEST_CASE("two nights of samples are stored as written down", "[sync]") {
    SyncWorld world;
    world.source = sample_night("night1");
    CHECK(world.sync().outcome == SyncOutcome::succeeded);
    check_night(world, "night1");

    set_world_clock("2026-10-11 06:00:00");
    world.source = sample_night("night2");
    CHECK(world.sync().outcome == SyncOutcome::succeeded);
    check_night(world, "night2");
}

TEST_CASE("the same night once more writes nothing but the sync log", "[sync]") {
    SyncWorld world;
    world.source = sample_night("night1");
    world.sync();
    set_world_clock("2026-10-11 06:00:00");
    world.source = sample_night("night2");
    world.sync();
    const std::vector<std::string> tables = {"job",      "execution",   "execution_log",
                                             "task_run", "data_source", "transfer_task",
                                             "watermark"};
    std::vector<std::vector<std::string>> before;
    for (const auto& table : tables)
        before.push_back(world.dump(table));

    set_world_clock("2026-10-12 06:00:00");
    const SyncReport again = world.sync();
    CHECK(again.counts.executions_new == 0);
    CHECK(again.counts.executions_changed == 0);
    CHECK(again.counts.executions_unchanged + again.counts.executions_skipped == 41);
    for (std::size_t i = 0; i < tables.size(); ++i) {
        INFO(tables[i]);
        CHECK(world.dump(tables[i]) == before[i]);
    }
    CHECK(world.rows("sync_run").size() == 3);
}

TEST_CASE("a watermark does not pass a running execution until it has ended", "[sync]") {
    SyncWorld world;
    world.source = sample_night("night1");
    world.sync();
    std::map<std::string, std::string> oldest_running;
    for (const Row& row : world.rows("execution")) {
        if (row.text("state") == "running") {
            oldest_running[row.text("job_key")] = row.text("created_at");
        }
    }
    REQUIRE(oldest_running.size() == 2);
    for (const Row& row : world.rows("watermark")) {
        const auto running = oldest_running.find(row.text("job_key"));
        if (running == oldest_running.end()) continue;
        CHECK(row.text("loaded_through") < running->second);
        CHECK(row.integer("open_executions") == 1);
    }
    set_world_clock("2026-10-12 06:00:00");
    world.source = sample_night("night2");
    world.sync();
    for (const Row& row : world.rows("watermark")) {
        const auto running = oldest_running.find(row.text("job_key"));
        if (running != oldest_running.end()) CHECK(row.text("loaded_through") > running->second);
    }
}
