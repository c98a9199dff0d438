// What is pruned stays away, and what it came to stays: over both databases.
#include "error.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/sample_workspace.hpp"
#include "sync/pruned_world.hpp"
#include "sync/reattribute.hpp"
#include "warehouse/backends.hpp"
#include "warehouse/copy.hpp"
#include "warehouse/migration.hpp"

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <set>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const std::vector<std::string> ages{"age_hours"};

} // namespace

TEST_CASE("what is pruned does not come back, and what it came to stays", "[prune]") {
    Pruned world(GENERATE(from_range(backends())));
    const Sums before = by_day(world);
    const auto loads = world.dump("last_successful_load", ages);
    const auto sources = world.dump("source_status", ages);
    const auto executions = world.rows("execution").size();
    const PrunePlan plan = world.plan(old_ones);
    CHECK(world.rows("execution").size() == executions);
    CHECK(plan.jobs.size() == 5);
    CHECK(plan.tally.executions > 10);

    const PruneTally removed = world.prune(old_ones);
    CHECK(removed.executions == plan.tally.executions);
    CHECK(removed.log_lines == plan.tally.log_lines);
    CHECK(removed.task_runs == plan.tally.task_runs);
    CHECK(world.rows("execution").size() ==
          executions - static_cast<std::size_t>(removed.executions));
    CHECK(by_day(world) == before);
    CHECK(world.rows("job_day").size() > 5);
    CHECK(world.dump("last_successful_load", ages) == loads);
    CHECK(world.dump("source_status", ages) == sources);
    CHECK(world.damage() == std::vector<std::string>{});
    CHECK(world.plan(old_ones).jobs.empty());
    CHECK(world.prune(old_ones).executions == 0);

    world.sync_all(false);
    world.sync_all(true);
    world.check_that_it_agrees_with_the_source();
    world.check_that_nothing_comes_back();
    CHECK(by_day(world) == before);
}

TEST_CASE("only log lines are pruned: executions and task runs stay, and the lines stay away",
          "[prune]") {
    Pruned world(GENERATE(from_range(backends())));
    PruneOptions lines = old_ones;
    lines.logs_only = true;
    const auto runs = world.dump("task_run");
    const auto executions = world.dump("execution", {"logs_pruned_at", "changed_at"});
    const auto log = world.rows("execution_log").size();
    const PruneTally removed = world.prune(lines);
    CHECK(removed.log_lines > 100);
    CHECK(removed.task_runs == 0);
    CHECK(world.rows("execution_log").size() == log - static_cast<std::size_t>(removed.log_lines));
    CHECK(world.dump("task_run") == runs);
    CHECK(world.dump("execution", {"logs_pruned_at", "changed_at"}) == executions);
    CHECK(world.rows("job_day").empty());
    CHECK(world.rows("prune_mark").empty());
    CHECK(world.damage() == std::vector<std::string>{});
    CHECK(world.prune(lines).log_lines == 0);

    world.sync_all(true);
    world.check_that_it_agrees_with_the_source();
    world.check_that_nothing_comes_back();

    SECTION("today's rules leave their task runs alone") {
        world.config.attribution.rules.clear();
        const auto writer = world.open(OpenMode::existing);
        const auto lease = writer->lease(default_lease_wait);
        reattribute(world.config, *writer, *world.open(), world_clock());
        CHECK(world.rows("task_run").size() > 50);
        for (const Row& run : world.rows("task_run")) {
            const auto key = run.integer("execution_key");
            const auto all = world.rows("execution");
            const auto execution = std::find_if(all.begin(), all.end(), [&](const Row& row) {
                return row.integer("execution_key") == key;
            });
            CHECK_FALSE(execution->text("logs_pruned_at").empty());
        }
    }

    SECTION("then the executions go too, with what is left of them") {
        const Sums before = by_day(world);
        CHECK(world.prune(old_ones).executions == removed.executions);
        CHECK(by_day(world) == before);
        CHECK(world.damage() == std::vector<std::string>{});
    }

    SECTION("one that changes at the source is stored as it is now, without its lines") {
        std::string id;
        for (const Row& row : world.rows("execution")) {
            if (!row.text("logs_pruned_at").empty()) id = row.text("execution_id");
        }
        for (auto& [job, body] : world.source.bodies) {
            const auto at = body.find(id);
            if (at == std::string::npos) continue;
            const auto state = body.find("\"State\"", at);
            body.insert(state, "\"Owner\":\"somebody\",");
        }
        const auto lines_before = world.rows("execution_log").size();
        world.sync({.full = true});
        CHECK(world.rows("execution_log").size() == lines_before);
        CHECK(world.damage() == std::vector<std::string>{});
    }
}

TEST_CASE("pruning by state takes nothing else, and lets nothing else stay away", "[prune]") {
    Pruned world(GENERATE(from_range(backends())));
    PruneOptions failed = old_ones;
    failed.states = {State::failed};
    const auto count = [&](std::string_view state) {
        const auto rows = world.rows("execution");
        return std::count_if(rows.begin(), rows.end(),
                             [&](const Row& row) { return row.text("state") == state; });
    };
    const auto completed = count("completed");
    CHECK(world.prune(failed).executions > 0);
    CHECK(count("completed") == completed);
    for (const Row& row : world.rows("prune_mark"))
        CHECK(row.text("state") == "failed");
    // one that was completed is no pruned one: where it is not stored, it is missing
    const auto is_returned = [&](const std::string& id) {
        return std::any_of(
            world.source.bodies.begin(), world.source.bodies.end(),
            [&](const auto& body) { return body.second.find(id) != std::string::npos; });
    };
    const auto all = world.rows("execution");
    const auto gone = std::find_if(all.begin(), all.end(), [&](const Row& row) {
        return row.text("state") == "completed" && row.text("created_on") <= "2026-10-05" &&
               is_returned(row.text("execution_id"));
    });
    REQUIRE(gone != all.end());
    for (const std::string table : {"execution_log", "task_run", "execution"})
        world.execute(fmt::format("DELETE FROM {} WHERE execution_key = {}", table,
                                  gone->text("execution_key")));
    CHECK(world.sync({.full = true}).counts.executions_new == 1);
    CHECK(count("completed") == completed);
}

TEST_CASE("pruning that was cut off anywhere goes on, and counts nothing twice", "[prune]") {
    Pruned world(GENERATE(from_range(backends())));
    const Sums before = by_day(world);
    // as pruning begins; then batches of one: after each the same call begins anew, as after a kill
    Batch marks;
    for (const JobPrune& job : world.plan(old_ones).jobs) {
        for (const State state : {State::completed, State::failed})
            marks.prune_marks.push_back({job.job_key, state, job.before});
    }
    world.open(OpenMode::existing)->write(marks);
    for (int cuts = 0; cuts < 5; ++cuts) {
        const auto writer = world.open(OpenMode::existing);
        const auto lease = writer->lease(default_lease_wait);
        const auto plan = plan_prune(world.config, *writer, old_ones, world_clock());
        REQUIRE_FALSE(plan.jobs.empty());
        Key first = 0;
        each_row(*world.open(), "prunable_executions", [&](const Row& row) {
            const auto created = timestamp_from_text(row.text("created_at_utc"));
            if (first == 0 && *created < plan.limit) first = row.integer("execution_key");
        });
        writer->prune({.executions = {first}, .now = world_clock()});
        writer->prune({.executions = {first}, .now = world_clock()}); // an answer was lost
        CHECK(by_day(world) == before);
        CHECK(world.damage() == std::vector<std::string>{});
    }
    struct Killed {};
    CHECK_THROWS_AS(world.prune(old_ones, [](const PruneTally&) { throw Killed{}; }), Killed);
    CHECK(by_day(world) == before);
    world.prune(old_ones);
    CHECK(by_day(world) == before);
    world.sync_all(true);
}

TEST_CASE("pruning that is killed in the middle leaves whole batches, and goes on", "[prune]") {
    Pruned world(GENERATE(from_range(backends())));
    const Sums before = by_day(world);
    const auto executions = world.rows("execution").size();
    std::vector<Key> keys;
    for (const Row& row : world.rows("prunable_executions")) {
        if (row.text("created_at_utc") < "2026-10-06") keys.push_back(row.integer("execution_key"));
    }
    const pid_t pruner = fork();
    if (pruner == 0) {
        try {
            const auto writer = world.open(OpenMode::existing);
            for (const Key key : keys)
                writer->prune({.executions = {key}, .now = world_clock()});
            _exit(0);
        } catch (...) {
            _exit(1);
        }
    }
    while (world.rows("execution").size() > executions - 3) {
    }
    kill(pruner, SIGKILL);
    waitpid(pruner, nullptr, 0);
    CHECK(by_day(world) == before);
    CHECK(world.damage() == std::vector<std::string>{});
    world.prune(old_ones);
    CHECK(world.rows("execution").size() == executions - keys.size());
    CHECK(by_day(world) == before);
}

TEST_CASE("nothing young, and nothing at the watermark, is ever pruned", "[prune]") {
    Pruned world(GENERATE(from_range(backends())));
    CHECK_THROWS_AS(world.plan({.older_than = 2 * a_day}), ConfigError);
    // years later by this machine's clock, which no sync has confirmed
    set_world_clock("2036-10-12 06:00:00");
    CHECK(world.plan(old_ones).tally.executions > 0);
    CHECK(world.plan({.older_than = 30 * a_day}).jobs.empty());
    set_world_clock("2027-10-12 06:00:00");
    world.sync();
    world.prune({.older_than = 30 * a_day});
    std::map<std::string, std::string> newest;
    for (const Row& row : world.rows("execution"))
        newest[row.text("job_key")] = std::max(newest[row.text("job_key")], row.text("created_at"));
    CHECK(newest.size() == 5);
    for (const Row& row : world.rows("watermark")) {
        const auto job = row.text("job_key");
        CHECK(newest.at(job) >= row.text("loaded_through"));
    }
    world.sync_all(true);
}

TEST_CASE("what was pruned is copied as what it is", "[prune]") {
    Pruned world(GENERATE(from_range(backends())));
    PruneOptions lines = old_ones;
    lines.older_than = 5 * a_day;
    lines.logs_only = true;
    world.prune(lines);
    world.prune(old_ones);
    SyncWorld other;
    const auto there = other.open(OpenMode::create);
    migrate(*there, world_clock());
    copy_warehouse(*world.open(), *world.open(), *there);
    for (const TableComparison& table : compare_warehouses(*world.open(), *there)) {
        CAPTURE(table.table);
        CHECK(table.equal);
    }
    CHECK_FALSE(other.rows("source_day").empty());
    CHECK(other.damage() == std::vector<std::string>{});
}

TEST_CASE("a task that failed once is not made a success by pruning the failure", "[prune]") {
    Pruned world(GENERATE(from_range(backends())));
    const auto failed = [&] {
        std::set<std::string> tasks;
        for (const Row& row : world.rows("task_run")) {
            if (row.text("outcome") == "failed") tasks.insert(row.text("transfer_task_key"));
        }
        return tasks;
    };
    const auto before = failed();
    CHECK(before.size() > 3);
    set_world_clock("2027-10-12 06:00:00");
    world.sync();
    world.prune({.older_than = 30 * a_day});
    CHECK(failed() == before);
}

TEST_CASE("the command prints a plan, and removes only with --yes", "[prune]") {
    SampleWorkspace workspace;
    std::string config = read_file(workspace / "config.toml");
    config.replace(config.find("lookback = \"7d\""), 15, "lookback = \"1d\"");
    write_file(workspace / "config.toml", config);
    workspace.run({"sync", "--from", samples + "night1"});
    const std::vector<std::string> plan{"prune", "--older-than", "1d", "--format", "csv"};
    const Ran planned = workspace.run(plan);
    CHECK(planned.exit_code == 0);
    CHECK_THAT(planned.out, ContainsSubstring("job,job_id,executions,log_lines"));
    CHECK_THAT(planned.err, ContainsSubstring("nothing was removed, '--yes' does it"));
    CHECK(workspace.run(plan).out == planned.out);
    const Ran done = workspace.run({"prune", "--older-than", "1d", "--format", "csv", "--yes"});
    CHECK(done.exit_code == 0);
    CHECK(done.out == planned.out);
    CHECK_THAT(done.err, ContainsSubstring("tidemark: removed"));
    const Ran nothing = workspace.run(plan);
    CHECK_THAT(nothing.err, ContainsSubstring("nothing to remove"));
    const Ran again = workspace.run({"sync", "--full", "--from", samples + "night1"});
    CHECK_THAT(again.err, ContainsSubstring("nothing was new"));
    CHECK(workspace.run({"verify", "--from", samples + "night1"}).exit_code == 0);

    CHECK(workspace.run({"prune"}).exit_code == 2);
    const Ran age = workspace.run({"prune", "--older-than", "old"});
    CHECK(age.exit_code == 2);
    CHECK_THAT(age.err, ContainsSubstring("'old' after '--older-than' is no duration"));
    const Ran young = workspace.run({"prune", "--older-than", "1h"});
    CHECK(young.exit_code == 2);
    CHECK_THAT(young.err, ContainsSubstring("at least 'sync.lookback'"));
    const Ran outcome = workspace.run({"prune", "--older-than", "1d", "--outcome", "complete"});
    CHECK(outcome.exit_code == 2);
    CHECK_THAT(outcome.err, ContainsSubstring("did you mean 'completed'?"));
}
