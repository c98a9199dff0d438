// A zone that is corrected moves the executions of a source whose times carry none. The marks of
// those that were pruned move with them.
#include "support/catch.hpp"
#include "support/one_job.hpp"
#include "sync/pruned_world.hpp"
#include "sync/reattribute.hpp"
#include "warehouse/backends.hpp"

#include <regex>

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// Pruned is what was created before 6 October in UTC.
const PruneOptions before_the_sixth{.older_than = 4 * a_day + std::chrono::hours{6}};

BodyExecution at(unsigned id, const std::string& day, const std::string& hour) {
    BodyExecution execution = ended(id, day);
    execution.created = day + "T" + hour + ":00:00";
    execution.ended = day + "T" + hour + ":10:00";
    return execution;
}

const std::vector<BodyExecution> nights = {at(1, "2026-10-04", "22"), at(2, "2026-10-05", "22"),
                                           at(3, "2026-10-06", "02"), at(4, "2026-10-09", "22")};

/// The last two stay when it is pruned.
struct LateNights : OneJob {
    explicit LateNights(const std::string& body = body_of(nights))
        : OneJob({}, GENERATE(from_range(backends()))) {
        source.bodies[numbered(1)] = body;
        config.sync.lookback = 3 * a_day;
        set_world_clock("2026-10-10 06:00:00");
        sync();
    }

    void set_zone(const std::string& name) {
        config.source.timezone = TimeZone::find(name).value();
    }

    /// The numbers of the stored executions.
    std::vector<std::string> stored() {
        std::vector<std::string> ids;
        for (const Row& row : rows("execution"))
            ids.push_back(row.text("execution_id").substr(35));
        std::sort(ids.begin(), ids.end());
        return ids;
    }

    void check_that_nothing_comes_back() {
        for (const bool full : {false, true}) {
            CHECK(sync({.full = full}).counts.executions_new == 0);
            CHECK(stored() == std::vector<std::string>{"3", "4"});
        }
        NoProgress progress;
        const auto compared = verify_online(config, source, *open(), {}, world_clock(), progress);
        CHECK(std::all_of(compared.begin(), compared.end(), agrees));
        CHECK(damage().empty());
    }
};

} // namespace

TEST_CASE("what was pruned stays away when the zone is corrected", "[prune]") {
    LateNights world;
    CHECK(prune_now(world, before_the_sixth).executions == 2);
    world.set_zone(GENERATE("America/New_York", "Asia/Tokyo"));
    world.check_that_nothing_comes_back();

    SECTION("and when it is pruned once more, in the other zone") {
        CHECK(prune_now(world, before_the_sixth).executions <= 1);
        world.sync({.full = true});
        CHECK(world.stored().back() == "4");
        CHECK(world.stored().front() >= "3");
    }
    SECTION("and when it is corrected back") {
        world.set_zone("UTC");
        world.check_that_nothing_comes_back();
    }
}

TEST_CASE("what is pruned before a sync with the corrected zone stays away too", "[prune]") {
    LateNights world;
    world.set_zone("America/New_York");
    CHECK(prune_now(world, before_the_sixth).executions == 2);
    world.check_that_nothing_comes_back();
}

TEST_CASE("a corrected zone moves no mark of executions whose times carry one", "[prune]") {
    const std::string zoned =
        std::regex_replace(body_of(nights), std::regex(R"re((T\d\d:\d\d:\d\d)")re"), "$1Z\"");
    LateNights world(zoned);
    REQUIRE(world.rows("execution").at(0).text("source_timezone").empty());
    CHECK(prune_now(world, before_the_sixth).executions == 2);
    world.set_zone(GENERATE("America/New_York", "Asia/Tokyo"));
    world.check_that_nothing_comes_back();
}

TEST_CASE("one that was never stored is not taken for pruned by the mark of another zone",
          "[prune]") {
    // in Tokyo it began on the fifth at 17:00 UTC, when the mark was midnight in Tokyo too
    LateNights world;
    CHECK(prune_now(world, before_the_sixth).executions == 2);
    world.set_zone("Asia/Tokyo");
    std::vector<BodyExecution> more = nights;
    more.push_back(at(5, "2026-10-06", "02"));
    world.set(more);
    CHECK(world.sync({.full = true}).counts.executions_new == 1);
    CHECK(world.stored() == std::vector<std::string>{"3", "4", "5"});
}

TEST_CASE("a corrected reporting zone leaves the days of what was pruned, and counts all once",
          "[prune]") {
    Pruned world(GENERATE(from_range(backends())));
    const auto of_jobs = [&] {
        std::int64_t runs = 0;
        for (const auto& [what, sum] : by_day(world)) {
            if (what.starts_with("job ") && what.ends_with(" runs")) runs += sum;
        }
        return runs;
    };
    const auto runs = of_jobs();
    REQUIRE(world.prune(old_ones).executions > 0);
    const auto rolled_up = world.dump("job_day");
    world.config.sync.reporting_timezone = TimeZone::find("America/New_York").value();
    world.sync({.full = true});
    {
        const auto writer = world.open(OpenMode::existing);
        const auto lease = writer->lease(default_lease_wait);
        CHECK(reattribute(world.config, *writer, *world.open(), world_clock()).redated > 0);
    }
    CHECK(world.dump("job_day") == rolled_up);
    CHECK(of_jobs() == runs);
    PruneOptions younger = old_ones;
    younger.older_than = 3 * a_day;
    CHECK(world.prune(younger).executions > 0); // of days that are rolled up already, too
    CHECK(of_jobs() == runs);
}

TEST_CASE("a mark of an earlier version is of the organisation's zone", "[prune]") {
    LateNights world;
    CHECK(prune_now(world, before_the_sixth).executions == 2);
    world.execute("UPDATE prune_mark SET source_timezone = NULL");
    world.set_zone("America/New_York");
    world.check_that_nothing_comes_back();
}
