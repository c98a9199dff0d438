#include "source/folder_source.hpp"
#include "support/catch.hpp"
#include "support/one_job.hpp"
#include "sync/reattribute.hpp"
#include "verify/offline.hpp"
#include "warehouse/backends.hpp"

#include <algorithm>

using namespace tidemark;
using namespace tidemark::test;

namespace {

using Messages = std::vector<std::string>;

const Messages three_lines{"one", "two", "three"};

/// An execution whose lines were all logged in the same second.
BodyExecution of_one_second(unsigned id, const std::string& day, const Messages& messages) {
    BodyExecution execution = ended(id, day);
    execution.messages = messages;
    execution.seconds.assign(messages.size(), 5);
    return execution;
}

/// As a body has it that comes newest first.
BodyExecution newest_first(BodyExecution execution) {
    execution.newest_line_first = true;
    return execution;
}

/// What an execution logged, in the order of the line numbers, which are checked on the way.
Messages stored_lines(SyncWorld& world, unsigned id) {
    std::map<std::int64_t, std::string> by_number;
    std::string key;
    for (const Row& row : world.rows("execution")) {
        if (row.text("execution_id") == to_text(numbered(id))) key = row.text("execution_key");
    }
    for (const Row& row : world.rows("execution_log")) {
        if (row.text("execution_key") == key)
            CHECK(by_number.emplace(row.integer("line_number"), row.text("message")).second);
    }
    for (const CheckResult& result : verify_offline(*world.open())) {
        CAPTURE(result.name, result.first);
        CHECK(result.violations == 0);
    }
    Messages messages;
    for (const auto& [number, message] : by_number)
        messages.push_back(message);
    return messages;
}

} // namespace

TEST_CASE("the last of three lines with one time is the last message of its failure", "[cases]") {
    SyncWorld world(GENERATE(from_range(backends())));
    world.config.attribution.rules = {
        {"started", "^Executing '(?P<task>.+)'$", TaskOutcome::started},
        {"done", "^Done '(?P<task>.+)', (?P<rows>[0-9]+) rows$", TaskOutcome::succeeded}};
    set_world_clock("2026-11-03 06:00:00");
    const auto source =
        open_folder_source(std::string{TIDEMARK_REPOSITORY} + "/tests/cases/bi-tie-order/body");
    CHECK(world.sync_from(*source).outcome == SyncOutcome::succeeded);

    CHECK(world.rows("failed_runs").at(0).text("last_message") == "three: the fatal error");
    Messages said;
    for (const Row& row : world.rows("last_failure_messages"))
        said.push_back(row.text("message"));
    CHECK(said == Messages{"one", "two", "three: the fatal error"});
    for (const Row& row : world.rows("fact_log")) {
        if (row.text("message") == "two") CHECK(row.integer("line_number") == 2);
    }
    const auto run = world.rows("task_run").at(0);
    CHECK(run.text("outcome") == "succeeded");
    CHECK(run.integer("attempts") == 1);

    const auto first_night = world.dump("execution_log");
    CHECK(world.sync_from(*source, {.full = true}).counts.executions_changed == 0);
    CHECK(world.dump("execution_log") == first_night);
}

TEST_CASE("lines of one moment are turned round in a body that comes newest first", "[cases]") {
    const std::string backend = GENERATE(from_range(backends()));
    const auto tie = newest_first(of_one_second(1, "2026-10-02", three_lines));
    SECTION("as its own times say") {
        auto execution = tie;
        execution.messages.push_back("later");
        execution.seconds.push_back(6);
        OneJob world({execution}, backend);
        world.sync();
        CHECK(stored_lines(world, 1) == Messages{"one", "two", "three", "later"});
    }
    SECTION("as the times of another execution say, wherever it stands") {
        const auto other = newest_first(ended(2, "2026-10-02"));
        for (const auto& body : {std::vector{tie, other}, std::vector{other, tie}}) {
            OneJob world(body, backend);
            world.sync();
            CHECK(stored_lines(world, 1) == three_lines);
        }
    }
    SECTION("as the order of the executions says") {
        OneJob world({tie, newest_first(of_one_second(2, "2026-10-01", three_lines))}, backend);
        world.sync();
        CHECK(stored_lines(world, 1) == three_lines);
        CHECK(stored_lines(world, 2) == three_lines);
    }
    SECTION("and not when the lines come oldest first, though the executions do not") {
        OneJob world({of_one_second(1, "2026-10-02", three_lines), ended(2, "2026-10-01")},
                     backend);
        world.sync();
        CHECK(stored_lines(world, 1) == three_lines);
    }
}

TEST_CASE("lines keep their place as a running execution grows within one moment", "[cases]") {
    const std::string backend = GENERATE(from_range(backends()));
    const bool turned = GENERATE(false, true);
    const auto on_night = [&](const Messages& messages, unsigned first) {
        auto execution = of_one_second(1, "2026-10-08", messages);
        execution.first_line = first;
        execution.newest_line_first = turned;
        auto other = ended(2, "2026-10-07");
        other.newest_line_first = turned;
        return std::vector{execution, other};
    };
    auto night = on_night({"one", "two"}, 0);
    night.front().state = 0;
    night.front().ended = "";
    OneJob world(night, backend);
    world.sync();
    CHECK(stored_lines(world, 1) == Messages{"one", "two"});

    world.set(on_night({"two", "three", "four"}, 1)); // the API forgot the first line
    set_world_clock("2026-10-10 06:00:00");
    CHECK(world.sync().counts.executions_changed == 1);
    CHECK(stored_lines(world, 1) == Messages{"one", "two", "three", "four"});
}

TEST_CASE("stored lines behind one that appears late get new numbers", "[cases]") {
    auto execution = of_one_second(1, "2026-10-08", {"two", "three"});
    execution.first_line = 1;
    OneJob world({execution}, GENERATE(from_range(backends())));
    world.sync();
    CHECK(stored_lines(world, 1) == Messages{"two", "three"});
    const auto shapes = world.rows("message_shape").size();

    world.set({of_one_second(1, "2026-10-08", three_lines)});
    set_world_clock("2026-10-10 06:00:00");
    world.sync();
    CHECK(stored_lines(world, 1) == three_lines);
    CHECK(world.rows("message_shape").size() == shapes + 1);
    CHECK(world.rows("execution").at(0).integer("log_count") == 3);
}

TEST_CASE("a source that shuffles the lines of one moment changes nothing that is stored",
          "[cases]") {
    OneJob world({of_one_second(1, "2026-10-08", three_lines)}, GENERATE(from_range(backends())));
    world.sync();
    world.set({newest_first(of_one_second(1, "2026-10-08", three_lines))});
    CHECK(world.sync().counts.executions_changed == 0);
    CHECK(stored_lines(world, 1) == three_lines);
}

TEST_CASE("of two outcomes at one moment the later line counts, attributed anew too", "[cases]") {
    const std::string succeeded = "Transfer task 'ERP - Full load' completed, 5 rows";
    const std::string failed = "Transfer task 'ERP - Full load' failed with error: disk full";
    const std::string start = "Executing transfer task 'ERP - Full load'";
    OneJob world({of_one_second(1, "2026-10-07", {start, succeeded, failed}),
                  of_one_second(2, "2026-10-08", {start, failed, start, succeeded})},
                 GENERATE(from_range(backends())));
    world.sync();
    const auto runs = world.dump("task_run");
    REQUIRE(runs.size() == 2);
    CHECK(world.rows("task_run").at(0).text("outcome") == "failed");
    CHECK(world.rows("task_run").at(1).text("outcome") == "succeeded");
    CHECK(world.rows("task_run").at(1).integer("attempts") == 2);

    const auto writer = world.open(OpenMode::existing);
    const auto reader = world.open();
    CHECK(reattribute(world.config, *writer, *reader, world_clock()).rewritten == 0);
    CHECK(world.dump("task_run") == runs);
}
