#include "support/catch.hpp"
#include "support/sync_world.hpp"

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
        {"dim_message_shape", "shape_key"},
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
    CHECK(keys(world, "fact_log", "shape_key").size() > 5);
    CHECK(world.rows("fact_task_run").size() == world.rows("task_run").size());
    CHECK(world.rows("fact_log").size() == world.rows("execution_log").size());
}

TEST_CASE("the days of the star are whole years by the reporting time zone") {
    SyncWorld world;
    world.config.sync.reporting_timezone = TimeZone::find("Pacific/Auckland").value();
    world.source.listed = {{numbered(1), "Nightly"}};
    world.source.bodies[numbered(1)] = body_of(
        {{.id = 1, .job = 1, .created = "2023-12-31T20:00:00", .ended = "2023-12-31T21:00:00"}});
    world.sync();
    CHECK(world.rows("fact_execution").at(0).integer("date_key") == 20240101);
    const auto days = world.rows("dim_date");
    CHECK(days.size() == 366);
    CHECK(days.front().integer("date_key") == 20240101);
    CHECK(days.back().integer("iso_week") == 1);
    CHECK(days.back().integer("iso_weekday") == 2);
}
