#include "support/catch.hpp"
#include "support/sync_world.hpp"
#include "warehouse/backends.hpp"

using namespace tidemark;
using namespace tidemark::test;

namespace {

const std::string start = "Executing transfer task 'ERP - Full load'";
const std::string success = "Transfer task 'ERP - Full load' completed, 5 rows";
const std::string failure = "Transfer task 'ERP - Full load' failed with error: disk full";
const std::string named = "Waiting for 'ERP - Full load'";

/// The executions of one job, stored by a sync into a database of one kind. The lines of each are a
/// second apart, from 03:00:00 on.
class Stored {
public:
    explicit Stored(std::string_view backend) : m_world(backend) {
        m_world.config.attribution.rules.push_back({"named", "^Waiting for '(?P<task>.+)'$"});
        m_world.source.listed = {{numbered(1), "Nightly"}};
    }

    void add(const std::string& day, std::vector<std::string> messages, int state = 1) {
        m_executions.push_back({.id = static_cast<unsigned>(m_executions.size() + 1),
                                .job = 1,
                                .state = state,
                                .created = day + "T03:00:00",
                                .ended = state == 0 ? "" : day + "T03:10:00",
                                .messages = std::move(messages)});
        m_world.source.bodies[numbered(1)] = body_of(m_executions);
        m_world.sync();
    }

    std::vector<Row> runs() { return m_world.rows("task_run"); }
    Row last_load() { return m_world.rows("last_successful_load").at(0); }
    SyncWorld& world() { return m_world; }

private:
    SyncWorld m_world;
    std::vector<BodyExecution> m_executions;
};

/// What an execution that ended says of its one task, or of the first of several.
Row run_of(std::string_view backend, const std::vector<std::string>& messages, int state = 1) {
    Stored stored(backend);
    stored.add("2026-10-01", messages, state);
    return stored.runs().at(0);
}

const std::string second_0 = "2026-10-01 03:00:00.000000";
const std::string second_1 = "2026-10-01 03:00:01.000000";
const std::string second_3 = "2026-10-01 03:00:03.000000";

} // namespace

TEST_CASE("stored: a task that runs several times in one execution is one run with its attempts") {
    const auto* backend = GENERATE("sqlite", "postgres");
    const Row run = run_of(backend, {start, success, start, success});
    CHECK(run.integer("attempts") == 2);
    CHECK(run.text("started_at") == second_0);
    CHECK(run.text("ended_at") == second_3);
    CHECK(run.text("last_succeeded_at") == second_3);
    CHECK(run.text("outcome") == "succeeded");
    CHECK(run.text("rule") == "succeeded");
    CHECK(run.text("kind") == "transfer");
}

TEST_CASE(
    "stored: a start without an end is no more than that, also once the execution has ended") {
    const auto* backend = GENERATE("sqlite", "postgres");
    const Row run = run_of(backend, {start});
    CHECK(run.text("outcome") == "started");
    CHECK(run.text("last_succeeded_at").empty());
    CHECK(run.text("ended_at").empty());
    // what a load falls back on where no message ever tells an end
    CHECK_FALSE(run.text("completed_at").empty());
}

TEST_CASE("stored: a start without an end is started while the execution runs") {
    const auto* backend = GENERATE("sqlite", "postgres");
    CHECK(run_of(backend, {start}, 0).text("outcome") == "started");
}

TEST_CASE("stored: an end without a start has an outcome and no beginning") {
    const auto* backend = GENERATE("sqlite", "postgres");
    const Row run = run_of(backend, {"Job execution started", success});
    CHECK(run.text("outcome") == "succeeded");
    CHECK(run.text("started_at").empty());
    CHECK(run.text("ended_at") == second_1);
    CHECK(run.integer("attempts") == 1);
    CHECK(run.text("duration_ms").empty());
}

TEST_CASE("stored: two interleaved tasks are told apart") {
    const auto* backend = GENERATE("sqlite", "postgres");
    Stored stored(backend);
    stored.add("2026-10-01", {start, "Executing transfer task 'CRM - x'", failure,
                              "Transfer task 'CRM - x' completed, 7 rows"});
    const auto runs = stored.runs();
    REQUIRE(runs.size() == 2);
    CHECK(runs[0].text("outcome") == "failed");
    CHECK(runs[0].text("row_count").empty());
    CHECK(runs[1].text("outcome") == "succeeded");
    CHECK(runs[1].integer("row_count") == 7);
    CHECK(runs[1].text("started_at") == second_1);
    CHECK(runs[1].text("ended_at") == second_3);
}

TEST_CASE("stored: a retry after a failure is a success of two attempts") {
    const auto* backend = GENERATE("sqlite", "postgres");
    const Row run = run_of(backend, {start, failure, start, success});
    CHECK(run.text("outcome") == "succeeded");
    CHECK(run.integer("attempts") == 2);
    CHECK(run.text("error_message").empty());
}

TEST_CASE("stored: names with quotes or with the words of a rule are read whole") {
    const auto* backend = GENERATE("sqlite", "postgres");
    const std::string task = GENERATE("it's 'quoted' - \"x\"", "a' completed, 5 rows' - b",
                                      "x' failed with error: y - z");
    Stored stored(backend);
    stored.add("2026-10-01", {"Executing transfer task '" + task + "'",
                              "Transfer task '" + task + "' completed, 7 rows"});
    REQUIRE(stored.runs().size() == 1);
    CHECK(stored.runs()[0].text("outcome") == "succeeded");
    CHECK(stored.world().rows("transfer_task").at(0).text("name") == task);
}

TEST_CASE("stored: a failed job whose task succeeded before keeps the task's success") {
    const auto* backend = GENERATE("sqlite", "postgres");
    Stored stored(backend);
    stored.add("2026-10-01",
               {start, success, "Executing transfer task 'CRM - x'",
                "Transfer task 'CRM - x' failed with error: y"},
               2);
    CHECK(stored.world().rows("execution").at(0).text("state") == "failed");
    CHECK(stored.runs()[0].text("outcome") == "succeeded");
    const auto loads = stored.world().rows("last_successful_load");
    REQUIRE(loads.size() == 4);
    CHECK(loads[0].text("data_source") == "CRM");
    CHECK(loads[0].text("last_success_at_utc").empty());
    CHECK(loads[1].text("data_source") == "ERP");
    CHECK(loads[1].text("last_success_at_utc") == second_1);
    CHECK(loads[1].text("success_basis") == "task");
}

TEST_CASE("stored: a task that succeeded, was repeated and failed keeps the time of its success") {
    const auto* backend = GENERATE("sqlite", "postgres");
    const Row run = run_of(backend, {start, success, start, failure});
    CHECK(run.text("outcome") == "failed");
    CHECK(run.text("last_succeeded_at") == second_1);
    CHECK(run.text("error_message") == "disk full");
    CHECK(run.text("rule") == "failed");
}

TEST_CASE("stored: a task that is only named counts by its completed executions, and says so") {
    const auto* backend = GENERATE("sqlite", "postgres");
    Stored stored(backend);
    stored.add("2026-10-01", {named});
    stored.add("2026-10-02", {named}, 2);
    const Row load = stored.last_load();
    CHECK(load.text("data_source") == "ERP");
    CHECK(load.text("last_success_at_utc") == "2026-10-01 03:10:00.000000");
    CHECK(load.text("success_basis") == "execution");
    CHECK(load.text("job") == "Nightly");
    CHECK(load.text("last_outcome") == "unknown");

    // a message that tells an outcome ends that for good, whatever it tells
    stored.add("2026-10-03", {start, failure});
    stored.add("2026-10-04", {named});
    CHECK(stored.last_load().text("last_success_at_utc").empty());
    CHECK(stored.last_load().text("last_outcome") == "unknown"); // of the run that was named last
}

TEST_CASE("stored: an execution package is no load of a data source") {
    const auto* backend = GENERATE("sqlite", "postgres");
    Stored stored(backend);
    auto& config = stored.world().config.attribution;
    config.rules.push_back({"package", "^Package '(?P<task>.+)' done$", TaskOutcome::succeeded});
    config.rules.back().kind = TaskKind::execution_package;
    config.sources.push_back({"DWH", "Warehouse"});
    stored.add("2026-10-01", {start, success, "Package 'DWH' done", "Package 'ERP - all' done"});
    CHECK(stored.runs().size() == 3);
    CHECK(stored.last_load().text("last_success_at_utc") == second_1);
    for (const Row& load : stored.world().rows("last_successful_load")) {
        CAPTURE(load.text("data_source"));
        CHECK(load.text("last_success_at_utc").empty() == (load.text("data_source") != "ERP"));
    }
    CHECK(stored.world().rows("unattributed_tasks").empty());
}
