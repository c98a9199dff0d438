#include "attribution/fingerprint.hpp"
#include "error.hpp"
#include "platform/interrupt.hpp"
#include "source/noted_signals.hpp"
#include "support/catch.hpp"
#include "support/sync_world.hpp"
#include "sync/reattribute.hpp"

#include <algorithm>
#include <csignal>
#include <map>
#include <set>
#include <utility>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const std::vector<std::string> tables = {"data_source", "transfer_task", "task_run"};

AttributionChanges attribute(SyncWorld& world) {
    const auto writer = open_warehouse(world.config.warehouse, OpenMode::existing);
    const auto lease = writer->lease(std::chrono::seconds{1});
    const auto reader = open_warehouse(world.config.warehouse, OpenMode::read_only);
    return reattribute(world.config, *writer, *reader, world_clock());
}

AttributionChanges preview(SyncWorld& world) {
    return preview_reattribution(world.config,
                                 *open_warehouse(world.config.warehouse, OpenMode::read_only));
}

/// Rules that know less, and place less, than those of the samples.
AttributionConfig poor_rules() {
    return {.rules = {{.name = "named", .pattern = "transfer task '(?P<task>.+)'"}},
            .sources = {{"xfer-07", "Somewhere"}}};
}

/// What is told of runs, by names rather than keys.
std::vector<std::string> attributed(SyncWorld& world) {
    std::map<std::string, std::string> sources;
    for (const Row& row : world.rows("data_source"))
        sources[row.text("data_source_key")] = row.text("name");
    std::map<std::string, std::string> tasks;
    for (const Row& row : world.rows("transfer_task")) {
        tasks[row.text("transfer_task_key")] =
            sources[row.text("data_source_key")] + "/" + row.text("name");
    }
    std::map<std::string, std::string> executions;
    for (const Row& row : world.rows("execution"))
        executions[row.text("execution_key")] = row.text("execution_id");
    std::vector<std::string> lines;
    for (const Row& row : world.rows("task_run")) {
        std::string line =
            executions[row.text("execution_key")] + " " + tasks[row.text("transfer_task_key")];
        for (const auto& [column, value] : row.values) {
            if (!column.ends_with("_key")) line += " " + column + "=" + row.text(column);
        }
        lines.push_back(line);
    }
    std::sort(lines.begin(), lines.end());
    return lines;
}

std::vector<std::string> names(SyncWorld& world, std::string_view table) {
    std::vector<std::string> found;
    for (const Row& row : world.rows(table))
        found.push_back(row.text("name"));
    std::sort(found.begin(), found.end());
    return found;
}

std::vector<std::string> contents(SyncWorld& world) {
    std::vector<std::string> lines;
    for (const std::string& table : tables) {
        for (const std::string& line : world.dump(table))
            lines.push_back(table + " " + line);
    }
    return lines;
}

/// A world that was synced with poor rules and now has those of the samples.
struct PoorlyAttributed : SyncWorld {
    explicit PoorlyAttributed(std::string_view backend) : SyncWorld(backend) {
        AttributionConfig good = std::exchange(config.attribution, poor_rules());
        source = sample_night("night1");
        sync();
        config.attribution = std::move(good);
    }
};

} // namespace

TEST_CASE("attributing anew ends in what a first sync with today's rules would have stored") {
    const auto* backend = GENERATE("sqlite", "postgres");
    PoorlyAttributed world(backend);
    SyncWorld fresh(backend);
    fresh.source = sample_night("night1");
    fresh.sync();
    CHECK(attributed(world) != attributed(fresh));
    const auto changes = attribute(world);
    CHECK(attributed(world) == attributed(fresh));
    CHECK(names(world, "transfer_task") == names(fresh, "transfer_task"));
    CHECK(names(world, "data_source") == names(fresh, "data_source"));
    CHECK(world.dump("last_successful_load", {"age_hours", "data_source_key"}) ==
          fresh.dump("last_successful_load", {"age_hours", "data_source_key"}));
    CHECK(changes.executions == static_cast<std::int64_t>(world.rows("execution").size()));
    CHECK(changes.lines == static_cast<std::int64_t>(world.rows("execution_log").size()));
    CHECK(changes.gained.count > 0);
    CHECK_FALSE(changes.moves.empty());
}

TEST_CASE("attributing anew says of each kind of message which of today's rules knows it") {
    const auto* backend = GENERATE("sqlite", "postgres");
    PoorlyAttributed world(backend);
    SyncWorld fresh(backend);
    fresh.source = sample_night("night1");
    fresh.sync();
    CHECK(world.dump("message_shape") != fresh.dump("message_shape"));
    attribute(world);
    CHECK(world.dump("message_shape") == fresh.dump("message_shape"));
}

TEST_CASE("lines that were stored before there were shapes get theirs when attributed anew") {
    const auto* backend = GENERATE("sqlite", "postgres");
    PoorlyAttributed world(backend);
    SyncWorld fresh(backend);
    fresh.source = sample_night("night1");
    fresh.sync();
    const int jobs_left_alone = GENERATE(0, 2); // the shapes of the others' lines are counted
    const std::string others = "(SELECT execution_key FROM execution WHERE job_key > " +
                               std::to_string(jobs_left_alone) + ")";
    if (jobs_left_alone == 0) {
        world.execute("DELETE FROM message_shape");
        world.execute("DELETE FROM message_shape_job");
        world.execute("UPDATE execution_log SET shape_key = NULL");
    } else {
        world.execute("UPDATE message_shape SET line_count = line_count - (SELECT count(*) FROM"
                      " execution_log l WHERE l.shape_key = message_shape.shape_key"
                      " AND l.execution_key IN " +
                      others + ")");
        world.execute("DELETE FROM message_shape_job WHERE job_key > " +
                      std::to_string(jobs_left_alone));
        world.execute("UPDATE execution_log SET shape_key = NULL WHERE execution_key IN " + others);
    }
    attribute(world);
    for (SyncWorld* each : {static_cast<SyncWorld*>(&world), &fresh}) // nobody knows it any more
        each->execute("UPDATE message_shape SET known_since = NULL");
    for (const auto* table : {"execution_log", "message_shape", "message_shape_job"})
        CHECK(world.dump(table) == fresh.dump(table));
}

TEST_CASE("attributing anew a second time changes nothing") {
    PoorlyAttributed world(GENERATE("sqlite", "postgres"));
    attribute(world);
    const auto once = contents(world);
    const auto executions = world.dump("execution");
    set_world_clock("2026-12-01 06:00:00");
    const auto changes = attribute(world);
    CHECK(changes.rewritten == 0);
    CHECK(contents(world) == once);
    CHECK(world.dump("execution") == executions);
}

TEST_CASE("an execution whose task runs change counts as changed then, and no other") {
    PoorlyAttributed world(GENERATE("sqlite", "postgres"));
    attribute(world);
    for (ExplicitSource& entry : world.config.attribution.sources) {
        if (entry.task == "xfer-07") entry.source = "Elsewhere"; // a task that not every job has
    }
    set_world_clock("2026-12-01 06:00:00");
    const auto changes = attribute(world);
    std::int64_t changed = 0;
    for (const Row& row : world.rows("execution")) {
        if (row.text("changed_at") == "2026-12-01 06:00:00.000000") ++changed;
    }
    CHECK(changed == changes.rewritten);
    CHECK(changed > 0);
    CHECK(changed < changes.executions);
}

TEST_CASE("a preview tells the same changes and makes none") {
    PoorlyAttributed world(GENERATE("sqlite", "postgres"));
    const auto before = contents(world);
    const auto seen = preview(world);
    CHECK(contents(world) == before);
    const auto made = attribute(world);
    CHECK(seen.rewritten == made.rewritten);
    CHECK(seen.moves == made.moves);
    CHECK(seen.gained.count == made.gained.count);
    CHECK(seen.sources_appeared == made.sources_appeared);
    CHECK(seen.sources_vanished == made.sources_vanished);
    CHECK(seen.tasks_vanished == made.tasks_vanished);
}

TEST_CASE("tasks without a run and sources that nothing names are removed") {
    PoorlyAttributed world(GENERATE("sqlite", "postgres"));
    world.config.freshness.by_source["Archive"] = std::chrono::hours{1};
    const auto changes = attribute(world);
    CHECK(changes.sources_vanished == std::vector<std::string>{"Somewhere"});
    const auto& appeared = changes.sources_appeared;
    CHECK(std::find(appeared.begin(), appeared.end(), "Archive") != appeared.end());
    CHECK(std::find(appeared.begin(), appeared.end(), "Finance") != appeared.end());
    std::set<std::string> used;
    for (const Row& row : world.rows("task_run"))
        used.insert(row.text("transfer_task_key"));
    CHECK(used.size() == world.rows("transfer_task").size());

    world.config.attribution = {};
    world.config.freshness = {};
    attribute(world);
    for (const std::string& table : tables)
        CHECK(world.rows(table).empty());
}

TEST_CASE("another organisation's attribution stays as it is") {
    PoorlyAttributed world(GENERATE("sqlite", "postgres"));
    FakeSource other;
    other.listed = {{numbered(77), "Theirs"}};
    other.bodies[numbered(77)] = body_of({{.id = 900,
                                           .job = 77,
                                           .created = "2026-10-01T03:00:00",
                                           .ended = "2026-10-01T03:10:00",
                                           .messages = {"Executing transfer task 'Only theirs'"}}});
    Config ours = world.config;
    world.config.source.organisation = "other";
    world.config.attribution = poor_rules();
    world.sync_from(other);
    const auto theirs = [&] {
        std::vector<std::string> lines = attributed(world);
        std::erase_if(lines, [](const auto& line) {
            return line.find("/Only theirs ") == std::string::npos;
        });
        return lines;
    };
    const auto before = theirs();
    REQUIRE(before.size() == 1);
    world.config = ours;
    attribute(world);
    CHECK(theirs() == before);
    const std::string of_theirs = fingerprint(poor_rules());
    for (const Row& row : world.rows("organisation")) {
        const bool is_theirs = row.text("name") == "other";
        CHECK((row.text("attribution_fingerprint") == of_theirs) == is_theirs);
    }
}

TEST_CASE("readers see the old attribution until they see the new one") {
    PoorlyAttributed world(GENERATE("sqlite", "postgres"));
    const auto before = contents(world);
    const Key key = world.rows("task_run").at(0).integer("execution_key");
    const auto writer = open_warehouse(world.config.warehouse, OpenMode::existing);
    writer->write_all([&](const BatchSink& store) {
        Batch batch;
        batch.reattributed = {{.execution_key = key,
                               .changed_at = world_clock(),
                               .state = State::completed,
                               .task_runs = std::vector<TaskRunRow>{}}};
        store(batch);
        CHECK(contents(world) == before);
    });
    CHECK(contents(world) != before);
}

TEST_CASE("an attribution that fails half-way is as if it had never begun") {
    PoorlyAttributed world(GENERATE("sqlite", "postgres"));
    const auto before = contents(world);
    const Key key = world.rows("task_run").at(0).integer("execution_key");
    const auto writer = open_warehouse(world.config.warehouse, OpenMode::existing);
    CHECK_THROWS_WITH(writer->write_all([&](const BatchSink& store) {
        Batch batch;
        batch.reattributed = {{.execution_key = key,
                               .changed_at = world_clock(),
                               .state = State::completed,
                               .task_runs = std::vector<TaskRunRow>{}}};
        store(batch);
        throw Error("half-way");
    }),
                      ContainsSubstring("half-way"));
    CHECK(contents(world) == before);
    CHECK(attribute(world).rewritten > 0);
}

TEST_CASE("a signal leaves the old attribution in place") {
    PoorlyAttributed world(GENERATE("sqlite", "postgres"));
    const auto before = contents(world);
    const source_test::NotedSignals signals;
    std::raise(SIGINT);
    CHECK_THROWS_AS(attribute(world), Interrupted);
    note_signals();
    CHECK(contents(world) == before);
    CHECK(attribute(world).rewritten > 0);
}

TEST_CASE("nothing is attributed anew of an organisation that was never synced") {
    PoorlyAttributed world("sqlite");
    world.config.source.organisation = "other";
    CHECK_THROWS_WITH(attribute(world), ContainsSubstring("nothing of the organisation 'other'"));
}
