#include "support/catch.hpp"
#include "support/sync_world.hpp"
#include "warehouse/backends.hpp"

#include <algorithm>
#include <map>
#include <set>

using namespace tidemark;
using namespace tidemark::test;

namespace {

std::set<std::string> keys(SyncWorld& world, std::string_view view, std::string_view column) {
    std::set<std::string> values;
    for (const Row& row : world.rows(view))
        values.insert(row.text(column));
    return values;
}

/// The days of `dim_date` in their order, without the one that is not known.
std::vector<std::string> dates(SyncWorld& world) {
    std::vector<std::string> dates;
    for (const Row& row : world.rows("dim_date")) {
        if (row.integer("date_key") != -1) dates.push_back(row.text("date"));
    }
    std::sort(dates.begin(), dates.end());
    return dates;
}

} // namespace

TEST_CASE("every key of a fact is in its dimension, and none is null") {
    SyncWorld world;
    world.source = sample_night("night1");
    world.sync();
    const std::vector<std::pair<std::string, std::string>> dimensions = {
        {"dim_job", "job_key"},
        {"dim_data_source", "data_source_key"},
        {"dim_transfer_task", "transfer_task_key"},
        {"dim_date", "date_key"},
        {"dim_message_shape", "template_key"},
        {"fact_execution", "execution_key"}};
    for (const std::string fact : {"fact_execution", "fact_task_run", "fact_log"}) {
        const auto first = world.rows(fact).at(0).values;
        for (const auto& [dimension, key] : dimensions) {
            if (!first.contains(key)) continue;
            const auto known = keys(world, dimension, key);
            CHECK(known.size() == world.rows(dimension).size()); // each key once
            for (const std::string& value : keys(world, fact, key)) {
                CAPTURE(fact, key, value);
                CHECK(known.contains(value));
            }
        }
    }
    CHECK(keys(world, "fact_task_run", "data_source_key").contains("-1"));
    CHECK(keys(world, "fact_log", "template_key").size() > 5);
    CHECK(world.rows("fact_task_run").size() == world.rows("task_run").size());
    CHECK(world.rows("fact_log").size() == world.rows("execution_log").size());
}

TEST_CASE(
    "the days go from the first execution's, by the reporting time zone, to the end of next year") {
    SyncWorld world(GENERATE(from_range(backends())));
    world.config.sync.reporting_timezone = TimeZone::find("Pacific/Auckland").value();
    world.source.listed = {{numbered(1), "Nightly"}};
    world.source.bodies[numbered(1)] = body_of(
        {{.id = 1, .job = 1, .created = "2023-12-31T20:00:00", .ended = "2023-12-31T21:00:00"}});
    world.sync();
    CHECK(world.rows("fact_execution").at(0).integer("date_key") == 20240101);
    const auto days = dates(world);
    CHECK(days.front() == "2024-01-01");
    CHECK(days.back() == "2027-12-31"); // the world's clock stands in 2026
    CHECK(days.size() == 366 + 3 * 365);
    CHECK(keys(world, "dim_date", "date_key").size() == days.size() + 1);
}

TEST_CASE("a moment that nobody believes does not stretch the days, and its key does not dangle") {
    SyncWorld world(GENERATE(from_range(backends())));
    world.source.listed = {{numbered(1), "Nightly"}};
    const auto run = [](unsigned id, const std::string& created) {
        return BodyExecution{.id = id, .job = 1, .created = created, .ended = created};
    };
    world.source.bodies[numbered(1)] =
        body_of({run(1, "2026-10-09T03:00:00"), run(2, "1970-01-01T00:00:00"),
                 run(3, "2999-06-01T00:00:00"), run(4, "1999-12-31T23:59:59")});
    world.sync();
    REQUIRE(world.rows("execution").size() == 4);
    const auto days = dates(world);
    CHECK(days.front() == "2026-10-09");
    CHECK(days.back() == "2027-12-31");
    CHECK(keys(world, "fact_execution", "date_key") == std::set<std::string>{"-1", "20261009"});

    // an older execution that comes late stretches them
    world.source.bodies[numbered(1)] =
        body_of({run(1, "2026-10-09T03:00:00"), run(5, "2000-01-01T00:00:00")});
    world.sync({.full = true});
    CHECK(dates(world).front() == "2000-01-01");
    CHECK(dates(world).size() == 28 * 365 + 7);
    CHECK(keys(world, "fact_execution", "date_key") ==
          std::set<std::string>{"-1", "20261009", "20000101"});
}

TEST_CASE("a kind of message has a small key beside its hash, and keeps it") {
    SyncWorld world(GENERATE("sqlite", "postgres"));
    world.source = sample_night("night1");
    world.sync();
    std::map<std::string, std::string> known;
    for (const Row& row : world.rows("dim_message_shape")) {
        CHECK(row.integer("template_key") < 1000);
        CHECK(known.emplace(row.text("template_key"), row.text("shape_key")).second);
    }
    CHECK(known.at("-1") == "-1");
    CHECK(known.contains("1"));
    world.source = sample_night("night2");
    world.source.listed.push_back({numbered(77), "Another"});
    world.source.bodies[numbered(77)] =
        body_of({{.id = 77,
                  .job = 77,
                  .created = "2026-10-08T02:00:00",
                  .ended = "2026-10-08T02:10:00",
                  .messages = {"Something that nobody said before"}}});
    world.sync();
    const auto now = world.rows("dim_message_shape");
    CHECK(now.size() > known.size());
    for (const Row& row : now) {
        const auto before = known.find(row.text("template_key"));
        if (before != known.end()) CHECK(before->second == row.text("shape_key"));
    }
}
