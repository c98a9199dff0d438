#include "error.hpp"
#include "support/catch.hpp"
#include "support/one_job.hpp"

using namespace tidemark;
using namespace tidemark::test;

TEST_CASE("a job whose oldest runs were purged keeps them", "[sync]") {
    OneJob world({ended(1, "2026-10-01"), ended(2, "2026-10-02")});
    world.sync();
    world.set({ended(2, "2026-10-02"), ended(3, "2026-10-03")});
    const SyncReport report = world.sync();
    CHECK(report.outcome == SyncOutcome::succeeded);
    CHECK(world.rows("execution").size() == 3);
    CHECK(world.rows("watermark")[0].text("oldest_available_at") == "2026-10-02 03:00:00.000000");
}

TEST_CASE("a purge beyond the watermark is reported with its span, once", "[sync]") {
    OneJob world({ended(1, "2026-10-01")});
    world.sync();
    world.set({ended(5, "2026-10-05")});
    const SyncReport report = world.sync();
    CHECK(exit_code_of(report.outcome) == ExitCode::partial);
    REQUIRE(report.jobs[0].missing);
    CHECK(to_text(report.jobs[0].missing->from) == "2026-10-01 03:00:00.000000");
    CHECK(to_text(report.jobs[0].missing->until) == "2026-10-05 03:00:00.000000");
    CHECK(world.rows("history_gap").size() == 1);
    CHECK(world.sync().outcome == SyncOutcome::succeeded);
    CHECK(world.rows("history_gap").size() == 1);
}

TEST_CASE("no span is missing when only an open execution held the watermark back", "[sync]") {
    OneJob world({ended(1, "2026-10-01"), running(2, "2026-10-02"), ended(3, "2026-10-03")});
    world.sync();
    CHECK(world.watermark() == "2026-10-01 03:00:00.000000");
    world.set({ended(3, "2026-10-03"), ended(4, "2026-10-04")});
    const SyncReport report = world.sync();
    CHECK_FALSE(report.jobs[0].missing);
    CHECK(report.jobs[0].lost == 1);
    CHECK(world.watermark() == "2026-10-04 03:00:00.000000");
}

TEST_CASE("a run that stays open for ever stops holding the watermark", "[sync]") {
    OneJob world({ended(1, "2026-08-01"), running(2, "2026-08-02"), ended(3, "2026-08-03")});
    set_world_clock("2026-08-03 06:00:00");
    world.sync();
    CHECK(world.watermark() == "2026-08-01 03:00:00.000000");
    set_world_clock("2026-09-05 06:00:00");
    world.set({running(2, "2026-08-02"), ended(3, "2026-08-03"), ended(4, "2026-09-05")});
    CHECK(world.sync().jobs[0].abandoned == 1);
    CHECK(world.watermark() == "2026-09-05 03:00:00.000000");
    CHECK(world.sync().jobs[0].abandoned == 0);

    // it ends after all: that is stored too
    world.set({ended(2, "2026-08-02"), ended(4, "2026-09-05")});
    CHECK(world.sync().counts.executions_changed == 1);
}

TEST_CASE("an execution that vanishes while open is lost, and found when it comes back", "[sync]") {
    OneJob world({ended(1, "2026-10-01"), running(2, "2026-10-02")});
    world.sync();
    world.set({ended(1, "2026-10-01")});
    CHECK(world.sync().jobs[0].lost == 1);
    const auto lost_since = [&] { return world.rows("execution").at(1).text("lost_since"); };
    CHECK(lost_since() == "2026-10-09 06:00:00.000000");
    world.set({ended(1, "2026-10-01"), running(2, "2026-10-02")});
    world.sync();
    CHECK(lost_since().empty());
}

TEST_CASE("a running execution grows and keeps the lines that the API dropped", "[sync]") {
    OneJob world({running(1, "2026-10-01")});
    world.sync();
    BodyExecution later = ended(1, "2026-10-01");
    world.set({later});
    const SyncReport report = world.sync();
    CHECK(report.counts.executions_changed == 1);
    CHECK(report.counts.logs == 1);
    CHECK(world.rows("task_run")[0].text("outcome") == "succeeded");
    later.messages.pop_back();
    world.set({later});
    world.sync();
    CHECK(world.rows("execution")[0].integer("log_count") == 2);
    CHECK(world.rows("task_run")[0].text("outcome") == "succeeded");
}

TEST_CASE("what is older than the lookback is not compared unless all is", "[sync]") {
    OneJob world({ended(1, "2026-09-01"), ended(2, "2026-10-09")});
    world.sync();
    BodyExecution rewritten = ended(1, "2026-09-01");
    rewritten.state = 2;
    world.set({rewritten, ended(2, "2026-10-09")});
    CHECK(world.sync().counts.executions_changed == 0);
    CHECK(world.sync({.full = true}).counts.executions_changed == 1);
}

TEST_CASE("a change within the lookback is seen", "[sync]") {
    OneJob world({ended(1, "2026-10-03"), ended(2, "2026-10-09")});
    world.sync();
    BodyExecution rewritten = ended(1, "2026-10-03");
    rewritten.state = 2;
    world.set({rewritten, ended(2, "2026-10-09")});
    CHECK(world.sync().counts.executions_changed == 1);
    CHECK(world.rows("execution")[0].text("state") == "failed");
}

TEST_CASE("a record that cannot be read is kept aside and reported on the night it is new",
          "[sync]") {
    OneJob world({ended(1, "2026-10-01")});
    std::string& body = world.source.bodies[numbered(1)];
    const std::string broken = R"({"Id":"no guid"})";
    body.insert(1, broken + ",");
    const SyncReport report = world.sync();
    CHECK(exit_code_of(report.outcome) == ExitCode::partial);
    CHECK(report.counts.rejected == 1);
    CHECK(world.rows("execution").size() == 1);
    REQUIRE(world.rows("rejected_record").size() == 1);
    CHECK(world.rows("rejected_record")[0].text("record") == broken);
    CHECK(world.sync().outcome == SyncOutcome::succeeded);
    CHECK(world.rows("rejected_record").size() == 1);
}

TEST_CASE("an execution with a rejected part is compared again, however old, until it is whole",
          "[sync]") {
    OneJob world({ended(1, "2026-01-01"), ended(2, "2026-10-09")});
    const std::string whole = world.source.bodies[numbered(1)];
    std::string& body = world.source.bodies[numbered(1)];
    const std::string stamp = "\"TimeStamp\":\"2026-01-01T03:00:01\"";
    body.replace(body.find(stamp), stamp.size(), "\"TimeStamp\":\"soon\"");
    CHECK(world.sync().counts.rejected == 1);
    CHECK(world.watermark() == "2026-10-09 03:00:00.000000");
    CHECK(world.rows("rejected_records").size() == 1);
    body = whole;
    CHECK(world.sync().counts.executions_changed == 1);
    CHECK(world.rows("execution")[0].integer("log_count") == 2);
    CHECK(world.rows("rejected_records").empty());
}

TEST_CASE("an execution of another job is rejected", "[sync]") {
    OneJob world({ended(1, "2026-10-01", 2)});
    CHECK(world.sync().counts.rejected == 1);
    CHECK(world.rows("execution").empty());
}

TEST_CASE("an answer without a single known job is doubted", "[sync]") {
    OneJob world({ended(1, "2026-10-01")});
    world.sync();
    world.source.listed = {{numbered(9), "Somebody else's"}};
    world.source.bodies[numbered(9)] = "[]";
    const SyncReport report = world.sync();
    CHECK(exit_code_of(report.outcome) == ExitCode::partial);
    CHECK(report.implausible_list);
    REQUIRE(world.rows("job").size() == 1);
    CHECK(world.rows("job")[0].text("missing_since").empty());
    CHECK_FALSE(world.sync({.accept_jobs = true}).implausible_list);
    CHECK(world.rows("job").size() == 2);
    CHECK_FALSE(world.rows("job")[0].text("missing_since").empty());
}

TEST_CASE("a job that fails leaves the others loaded and its own watermark alone", "[sync]") {
    OneJob world({ended(1, "2026-10-01")});
    world.source.listed.push_back({numbered(2), "Other"});
    world.source.bodies[numbered(2)] = body_of({ended(3, "2026-10-01", 2)});
    world.source.bodies[numbered(1)].back() = '}';
    const SyncReport report = world.sync();
    CHECK(exit_code_of(report.outcome) == ExitCode::partial);
    CHECK(report.jobs[0].error);
    CHECK(world.rows("watermark").size() == 1);
    CHECK(world.rows("execution").size() == 2); // what was whole before the fault is kept
    CHECK(world.rows("sync_job").at(0).text("outcome") == "failed");
}

TEST_CASE("an execution that another job holds is rejected, and told once", "[sync]") {
    OneJob world({ended(1, "2026-10-01")});
    world.sync();
    world.source.listed.push_back({numbered(2), "Other"});
    world.source.bodies[numbered(2)] =
        body_of({ended(1, "2026-10-01", 2), ended(3, "2026-10-03", 2)});
    const SyncReport report = world.sync();
    CHECK(report.outcome == SyncOutcome::partial);
    CHECK(report.counts.rejected == 1);
    CHECK(report.counts.executions_new == 1);
    CHECK(world.rows("execution").size() == 2);
    const Row rejected = world.rows("rejected_record").at(0);
    CHECK(rejected.text("reason") == "this execution is stored as another job's, 'Nightly'");
    CHECK_THAT(rejected.text("record"), ContainsSubstring("ERP - Full load' completed, 5 rows"));
    CHECK(world.sync().counts.rejected == 0);
    CHECK(world.rows("rejected_record").size() == 1);
}

TEST_CASE("when every one of several jobs fails, the source failed", "[sync]") {
    OneJob world({});
    world.source.listed.push_back({numbered(2), "Other"});
    world.source.failures = {{numbered(1), "no"}, {numbered(2), "no"}};
    CHECK(exit_code_of(world.sync().outcome) == ExitCode::failed);
    world.source.listed.pop_back();
    CHECK(exit_code_of(world.sync().outcome) == ExitCode::partial);
}

TEST_CASE("a body that breaks off and comes again is stored once", "[sync]") {
    OneJob world({ended(1, "2026-10-01"), ended(2, "2026-10-02"), ended(3, "2026-10-03")});
    world.source.cut_short = 2;
    const SyncReport report = world.sync();
    CHECK(report.outcome == SyncOutcome::succeeded);
    CHECK(report.counts.executions_new == 3);
    CHECK(report.counts.executions_unchanged == 0);
    CHECK(world.rows("execution").size() == 3);
    CHECK(world.rows("execution_log").size() == 6);
}

TEST_CASE("the same execution twice in a body is one", "[sync]") {
    OneJob world({running(1, "2026-10-01"), ended(1, "2026-10-01")});
    CHECK(world.sync().counts.executions_new == 1);
    CHECK(world.rows("execution").size() == 1);
    CHECK(world.rows("execution")[0].text("state") == "completed");
}

TEST_CASE("a dry run compares everything and writes nothing, not even a warehouse", "[sync]") {
    OneJob world({ended(1, "2026-10-01")});
    const SyncReport report = world.sync({.dry_run = true});
    CHECK(report.counts.executions_new == 1);
    CHECK_FALSE(warehouse_exists(world.config.warehouse));
    CHECK_FALSE(std::filesystem::exists(":memory:"));
    world.sync();
    world.set({ended(1, "2026-10-01"), ended(2, "2026-10-02")});
    CHECK(world.sync({.dry_run = true}).counts.executions_new == 1);
    CHECK(world.rows("execution").size() == 1);
    CHECK(world.rows("sync_run").size() == 1);
}

TEST_CASE("only the picked jobs are read, and the others are not taken for missing", "[sync]") {
    OneJob world({ended(1, "2026-10-01")});
    world.source.listed.push_back({numbered(2), "Other"});
    world.source.bodies[numbered(2)] = "[]";
    world.sync({.jobs = {"Nightly"}});
    CHECK(world.rows("sync_job").size() == 1);
    CHECK(world.rows("job").size() == 2);
    CHECK(world.rows("job")[1].text("missing_since").empty());
    CHECK_THROWS_AS(world.sync({.jobs = {"nothing"}}), ConfigError);
}

TEST_CASE("two organisations share a warehouse and leave each other's jobs alone", "[sync]") {
    OneJob world({ended(1, "2026-10-01")});
    world.sync();
    world.config.source.organisation = "second";
    world.source.listed = {{numbered(2), "Nightly"}};
    world.source.bodies[numbered(2)] = body_of({ended(2, "2026-10-02", 2)});
    const SyncReport report = world.sync();
    CHECK(report.outcome == SyncOutcome::succeeded);
    CHECK(report.missing_jobs.empty());
    CHECK(world.rows("job").size() == 2);
    CHECK(world.rows("job")[0].text("missing_since").empty());
    CHECK(world.rows("data_source").size() == 4 + 2); // configured ones and ERP, of each
    CHECK(world.rows("last_successful_load").size() == 6);
}

TEST_CASE("a configured data source is shown though it was never loaded", "[sync]") {
    OneJob world({ended(1, "2026-10-01")});
    world.config.freshness.by_default = std::chrono::hours{26};
    world.config.freshness.by_source = {{"Finance", std::chrono::hours{8}}};
    world.sync();
    for (const Row& row : world.rows("last_successful_load")) {
        const bool erp = row.text("data_source") == "ERP";
        CHECK(row.text("last_success_at_utc").empty() != erp);
        CHECK(row.text("is_late") == "1");
    }
}

TEST_CASE("the sync log tells of a sync that failed", "[sync]") {
    OneJob world({});
    world.source.bodies.clear(); // the fake throws: not an error of one job's
    CHECK_THROWS(world.sync());
    CHECK(world.rows("sync_run").at(0).text("outcome") == "failed");
}

TEST_CASE("the whole product of job renames, returns and disappearances", "[sync]") {
    OneJob world({ended(1, "2026-10-01")});
    world.source.listed.push_back({numbered(2), "Other"});
    world.source.bodies[numbered(2)] = "[]";
    world.sync();
    world.source.listed = {{numbered(1), "Renamed"}};
    CHECK(world.sync().missing_jobs == std::vector<std::string>{"Other"});
    CHECK(world.rows("job")[0].text("name") == "Renamed");
    CHECK_FALSE(world.rows("job")[1].text("missing_since").empty());
    world.source.listed.push_back({numbered(2), "Other"});
    CHECK(world.sync().missing_jobs.empty());
    CHECK(world.rows("job")[1].text("missing_since").empty());
}
