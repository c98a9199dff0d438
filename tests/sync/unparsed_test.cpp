// Executions whose bytes are those that they were stored from are passed over without being parsed.
// What is stored is spoilt on purpose: who parses the execution again notices, and mends it.
#include "support/catch.hpp"
#include "support/one_job.hpp"

#include <fmt/format.h>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const std::vector<BodyExecution> two_days = {ended(1, "2026-10-01"), ended(2, "2026-10-02")};

struct Spoilt : OneJob {
    explicit Spoilt(std::string_view backend, const std::vector<BodyExecution>& body = two_days)
        : OneJob(body, backend) {
        set_world_clock("2026-10-09 06:00:00");
        sync();
        spoil();
    }
    void spoil() { execute("UPDATE execution SET content_hash = content_hash + 1"); }

    /// How many executions the next sync looks into.
    std::int64_t parsed(const SyncOptions& options = {}) {
        return sync(options).counts.executions_changed;
    }
};

} // namespace

TEST_CASE("the bytes of a stored execution are not parsed again", "[sync]") {
    Spoilt world(GENERATE("sqlite", "postgres"));
    const SyncReport report = world.sync();
    CHECK(report.counts.executions_changed == 0);
    CHECK(report.counts.executions_unchanged == 2);
    CHECK(world.parsed({.full = true}) == 2);
    CHECK(world.parsed() == 0);
}

TEST_CASE("other bytes are parsed, whatever they say", "[sync]") {
    Spoilt world(GENERATE("sqlite", "postgres"));
    std::string& body = world.source.bodies[numbered(1)];
    body.insert(body.find("\"State\""), " ");
    CHECK(world.parsed() == 1);
}

TEST_CASE("the same bytes are parsed when they are to be read in another way", "[sync]") {
    Spoilt world(GENERATE("sqlite", "postgres"));
    SECTION("another zone") {
        world.config.source.timezone = TimeZone::find("Europe/Copenhagen").value();
    }
    SECTION("other states") {
        world.config.source.states.completed = 2;
        world.config.source.states.failed = 1;
    }
    CHECK(world.parsed() == 2);
    CHECK(world.parsed() == 0);
    world.spoil();
    CHECK(world.parsed() == 0);
}

TEST_CASE("the same bytes are parsed while something of them is not settled", "[sync]") {
    const auto* backend = GENERATE("sqlite", "postgres");
    SECTION("it has not ended") {
        Spoilt world(backend, {running(1, "2026-10-08")});
        CHECK(world.parsed() == 1);
    }
    SECTION("it ends ahead of now") {
        BodyExecution late = ended(1, "2026-10-08");
        late.ended = "2026-10-09T09:00:00";
        Spoilt world(backend, {late});
        CHECK(world.parsed() == 1);
    }
    SECTION("its lines do not say which way they come") {
        BodyExecution tied = ended(1, "2026-10-08");
        tied.seconds = {7, 7};
        Spoilt world(backend, {tied});
        CHECK(world.parsed() == 1);
    }
    SECTION("one of its lines is rejected") {
        Spoilt world(backend, {ended(1, "2026-10-08")});
        std::string& body = world.source.bodies[numbered(1)];
        body.replace(body.find("\"Severity\":0"), 12, "\"Severity\":{}");
        CHECK(world.parsed() == 1);
        world.spoil();
        CHECK(world.parsed() == 1);
    }
}

TEST_CASE("an execution that is stored without how it was read gets that, and is then passed over",
          "[sync]") {
    Spoilt world(GENERATE("sqlite", "postgres"));
    world.parsed({.full = true});
    const auto stored = world.dump("execution_reading");
    REQUIRE(stored.size() == 2);
    const auto changed_at = world.dump("execution");
    world.execute("DELETE FROM execution_reading");
    CHECK(world.parsed() == 0);
    CHECK(world.dump("execution_reading") == stored);
    CHECK(world.dump("execution") == changed_at);
    world.spoil();
    CHECK(world.parsed() == 0);
}

TEST_CASE("an execution that was lost is found by its old bytes", "[sync]") {
    Spoilt world(GENERATE("sqlite", "postgres"));
    world.execute("UPDATE execution SET lost_since = '2026-10-05 06:00:00.000000'"
                  " WHERE execution_key = 1");
    CHECK(world.parsed() == 1);
}

TEST_CASE("of the old bytes and a version that tells more, the latter is stored, and stays",
          "[sync]") {
    OneJob world(two_days, GENERATE("sqlite", "postgres"));
    set_world_clock("2026-10-09 06:00:00");
    world.sync();
    BodyExecution more = two_days[1];
    more.messages.emplace_back("Job has ended");
    const bool old_first = GENERATE(true, false);
    world.set({two_days[0], old_first ? two_days[1] : more, old_first ? more : two_days[1]});
    const SyncReport report = world.sync();
    CHECK(report.counts.executions_changed == 1);
    CHECK(report.counts.executions_unchanged == 1);
    CHECK(world.rows("execution").at(1).integer("log_count") == 3);
    CHECK(world.sync().counts.executions_changed == 0);

    BodyExecution less = two_days[1];
    less.messages.pop_back();
    world.set({two_days[0], old_first ? more : less, old_first ? less : more});
    CHECK(world.sync().counts.executions_changed == 0);
    CHECK(world.damage().empty());
}

TEST_CASE("what a body says of its job does not depend on what of it is parsed", "[sync]") {
    OneJob world(two_days, GENERATE("sqlite", "postgres"));
    set_world_clock("2026-10-09 06:00:00");
    world.sync();
    const auto watermark = world.dump("watermark");
    world.execute("UPDATE watermark SET whole_through = NULL, oldest_available_at = NULL");
    CHECK(world.sync().counts.executions_unchanged == 2);
    CHECK(world.dump("watermark") == watermark);
}
