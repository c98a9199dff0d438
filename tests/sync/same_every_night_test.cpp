// What comes twice or moves is the same every night, in whatever order the body is.
#include "support/catch.hpp"
#include "support/one_job.hpp"
#include "warehouse/backends.hpp"

#include <algorithm>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const std::string done = "Transfer task 'ERP - x' completed, 5 rows";
const std::string broken = "Transfer task 'ERP - x' failed with error: no connection";

std::string line(unsigned number, const std::string& time, const std::string& message) {
    return R"({"Id":")" + to_text(line_id(1, number)) + R"(","TimeStamp":")" + time +
           R"(","Severity":1,"Message":")" + message + R"("})";
}

std::string execution(int state, const std::vector<std::string>& lines) {
    std::string logs;
    for (const std::string& one : lines)
        logs += (logs.empty() ? "" : ",") + one;
    return R"({"Id":")" + to_text(numbered(1)) + R"(","State":)" + std::to_string(state) +
           R"(,"CreateTime":"2026-10-09T02:00:00","EndTime":"2026-10-09T02:10:00","JobExecutionLogs":[)" +
           logs + "]}";
}

/// The outcome of the one task run after a sync of this body.
std::string outcome_of(OneJob& world, const std::string& body) {
    world.source.bodies[numbered(1)] = body;
    CHECK(world.sync().outcome == SyncOutcome::succeeded);
    const auto runs = world.rows("task_run");
    REQUIRE(runs.size() == 1);
    return runs[0].text("outcome");
}

} // namespace

TEST_CASE("of two lines with one id the same one counts, whichever comes first", "[sync]") {
    OneJob world({}, GENERATE("sqlite", "postgres"));
    const bool at_one_moment = GENERATE(false, true);
    std::vector<std::string> lines = {
        line(2, "2026-10-09T02:00:30", "begin"), line(1, "2026-10-09T02:01:00", done),
        line(1, at_one_moment ? "2026-10-09T02:01:00" : "2026-10-09T02:02:00", broken),
        line(3, "2026-10-09T02:05:00", "end")};
    CHECK(outcome_of(world, "[" + execution(1, lines) + "]") == "failed");
    std::reverse(lines.begin(), lines.end()); // newest first
    CHECK(outcome_of(world, "[" + execution(1, lines) + "]") == "failed");
    if (!at_one_moment) std::swap(lines[1], lines[2]);
    CHECK(outcome_of(world, "[" + execution(1, lines) + "]") == "failed");
    CHECK(world.rows("execution_log").size() == 3);
}

TEST_CASE("of two versions of one rank the failed one counts, whichever comes first", "[sync]") {
    OneJob world({}, GENERATE("sqlite", "postgres"));
    const std::string good = execution(1, {line(1, "2026-10-09T02:01:00", done)});
    const std::string bad = execution(2, {line(1, "2026-10-09T02:01:00", broken)});
    for (const std::string& body : {"[" + good + "," + bad + "]", "[" + bad + "," + good + "]"}) {
        CHECK(outcome_of(world, body) == "failed");
        CHECK(world.rows("execution").at(0).text("state") == "failed");
        CHECK(world.rows("last_successful_load").at(0).text("last_success_at_utc").empty());
    }
    // one that was corrected since comes alone
    CHECK(outcome_of(world, "[" + good + "]") == "succeeded");
}

TEST_CASE("a line with the empty guid as its id is rejected, as others would replace it",
          "[sync]") {
    OneJob world({});
    const std::string nil = "00000000-0000-0000-0000-000000000000";
    std::string one = line(1, "2026-10-09T02:01:00", done);
    one.replace(one.find(to_text(line_id(1, 1))), nil.size(), nil);
    world.source.bodies[numbered(1)] =
        "[" + execution(1, {one, line(2, "2026-10-09T02:02:00", broken)}) + "]";
    CHECK(world.sync().counts.rejected == 1);
    CHECK_THAT(world.rows("rejected_record").at(0).text("reason"),
               ContainsSubstring("the empty guid"));
    CHECK(world.rows("execution_log").size() == 1);
}

TEST_CASE("no history is missing where an execution of it is in the body with other moments",
          "[sync]") {
    OneJob world({ended(1, "2026-10-02")});
    world.sync();
    SECTION("the zone was corrected") {
        world.config.source.timezone = TimeZone::find("America/New_York").value();
        CHECK_FALSE(world.sync({.full = true}).jobs.at(0).missing);
    }
    SECTION("it was moved at its source") {
        BodyExecution moved = ended(1, "2026-10-02");
        moved.created = "2026-10-02T03:05:00";
        world.set({moved});
        CHECK_FALSE(world.sync().jobs.at(0).missing);
    }
    SECTION("it cannot be read today") {
        std::string body = body_of({ended(1, "2026-10-02"), ended(2, "2026-10-04")});
        body.replace(body.find("\"State\":1"), 9, "\"State\":\"1\"");
        world.source.bodies[numbered(1)] = body;
        const SyncReport report = world.sync({.full = true});
        CHECK(report.counts.rejected == 1);
        CHECK_FALSE(report.jobs.at(0).missing);
    }
    CHECK(world.rows("history_gap").empty());
}

TEST_CASE("attribute moves no watermark ahead of now, and hides no gap by it", "[sync]") {
    OneJob world({ended(1, "2026-10-02"), ended(2, "2026-10-30")});
    BodyExecution other = ended(3, "2026-10-04");
    other.state = 0; // open by today's codes
    world.set({ended(1, "2026-10-02"), other, ended(2, "2026-10-30")});
    world.sync();
    CHECK(world.watermark() == "2026-10-02 03:00:00.000000");
    world.config.source.states = {.running = 7, .completed = 1, .failed = 0};
    world.config.source.states_confirmed = true;
    world.sync({.reattribute = true});
    CHECK(world.watermark() == "2026-10-04 03:00:00.000000");
    world.set({ended(4, "2026-10-08")});
    const SyncReport report = world.sync();
    CHECK(report.jobs.at(0).missing);
}

TEST_CASE("an open execution whose job is gone looks lost", "[sync]") {
    OneJob world({running(1, "2026-10-08")}, GENERATE("sqlite", "postgres"));
    world.source.listed.push_back({numbered(2), "Other"});
    world.source.bodies[numbered(2)] = body_of({ended(2, "2026-10-08", 2)});
    world.sync();
    CHECK(world.rows("running_now").at(0).text("looks") == "running");
    world.source.listed.erase(world.source.listed.begin());
    world.sync();
    CHECK(world.rows("running_now").at(0).text("looks") == "lost");
}
