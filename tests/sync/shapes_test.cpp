#include "support/catch.hpp"
#include "support/sync_world.hpp"
#include "templates/template.hpp"
#include "warehouse/sqlite/connection.hpp"

#include <algorithm>

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// A world whose one job ran once, with these messages.
struct OneRun : SyncWorld {
    OneRun(const std::string& backend, const std::vector<std::string>& messages)
        : SyncWorld(backend) {
        source.listed = {{numbered(1), "Nightly"}};
        say(messages);
    }
    void say(const std::vector<std::string>& messages) {
        source.bodies[numbered(1)] = body_of({{.id = 1,
                                               .job = 1,
                                               .state = 1,
                                               .created = "2026-10-09T03:00:00",
                                               .ended = "2026-10-09T03:10:00",
                                               .messages = messages}});
    }

    /// The masks that are stored, with their number of lines.
    std::map<std::string, std::int64_t> counts() {
        std::map<std::string, std::int64_t> found;
        for (const Row& row : rows("message_shape"))
            found[row.text("mask")] = row.integer("line_count");
        return found;
    }

    /// How many lines of each mask there are, by the log lines themselves.
    std::map<std::string, std::int64_t> counted() {
        std::map<std::string, std::int64_t> found;
        for (const Row& row : rows("execution_log")) {
            const std::string mask = mask_of(row.text("message"));
            CHECK(row.integer("shape_key") == shape_key(mask));
            ++found[mask];
        }
        return found;
    }
};

using Counts = std::map<std::string, std::int64_t>;

} // namespace

TEST_CASE("a sync stores the shape of each message with its rule") {
    OneRun world(GENERATE(as<std::string>(), "sqlite", "postgres"),
                 {"Job started", "Executing transfer task 'A'", "Executing transfer task 'B'",
                  "Transfer task 'A' failed with error: no space"});
    world.sync();
    CHECK(world.counts() == Counts{{"Job started", 1},
                                   {"Executing transfer task <name>", 2},
                                   {"Transfer task <name> failed with error: no space", 1}});
    CHECK(world.counts() == world.counted());
    const auto shapes = world.rows("message_shape");
    const auto failed = std::find_if(shapes.begin(), shapes.end(), [](const Row& row) {
        return row.text("mask").starts_with("Transfer");
    });
    REQUIRE(failed != shapes.end());
    CHECK(failed->text("rule") == "failed");
    CHECK(failed->text("outcome") == "failed");
    CHECK(failed->text("example") == "Transfer task 'A' failed with error: no space");
    CHECK(failed->text("execution_key") == "1");
    CHECK(world.rows("message_shape_job").size() == 3);
}

TEST_CASE("a sync that is repeated counts no line twice") {
    OneRun world("sqlite", {"Executing transfer task 'A'", "Executing transfer task 'B'"});
    world.sync();
    world.sync({.full = true});
    CHECK(world.counts() == Counts{{"Executing transfer task <name>", 2}});
    world.say({"Executing transfer task 'A'", "Executing transfer task 'B'", "Job ended"});
    world.sync();
    CHECK(world.counts() == Counts{{"Executing transfer task <name>", 2}, {"Job ended", 1}});
}

TEST_CASE("a line whose message changed upstream moves to its new shape") {
    OneRun world(GENERATE(as<std::string>(), "sqlite", "postgres"),
                 {"Executing transfer task 'A'", "Loading", "Executing transfer task 'B'"});
    world.sync();
    world.say({"Executing transfer task 'A'", "Loaded 5 rows", "Executing transfer task 'C'"});
    world.sync();
    CHECK(world.counts() ==
          Counts{{"Executing transfer task <name>", 2}, {"Loaded <number> rows", 1}});
    CHECK(world.counts() == world.counted());
    for (const Row& row : world.rows("message_shape_job"))
        CHECK(row.integer("line_count") > 0);
}

TEST_CASE("a line stored before there were shapes is counted when it comes again") {
    OneRun world("sqlite", {"Loading", "Loading"});
    world.sync();
    sqlite::Connection(world.config.warehouse.base / "tidemark.db", sqlite::Access::existing)
        .execute("DELETE FROM message_shape; DELETE FROM message_shape_job;"
                 " UPDATE execution_log SET shape_key = NULL");
    world.say({"Loading", "Loading", "Loading"});
    world.sync();
    CHECK(world.counts() == Counts{{"Loading", 3}});
    CHECK(world.counts() == world.counted());
}

TEST_CASE("the samples' shapes count each of their lines once") {
    OneRun world(GENERATE(as<std::string>(), "sqlite", "postgres"), {});
    for (const std::string night : {"night1", "night2"}) {
        world.source = sample_night(night);
        world.sync();
        auto counted = world.counted();
        std::int64_t without_message = 0;
        for (const Row& row : world.rows("execution_log"))
            without_message += row.text("message").empty() ? 1 : 0;
        if (without_message > 0 && (counted[""] -= without_message) == 0) counted.erase("");
        CHECK(world.counts() == counted);
    }
}
