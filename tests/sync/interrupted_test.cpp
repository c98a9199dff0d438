#include "error.hpp"
#include "support/catch.hpp"
#include "support/sync_world.hpp"
#include "warehouse/backends.hpp"
#include "warehouse/migration.hpp"

#include <csignal>

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// Sends every body, and then a signal arrives.
class InterruptedAtLast : public FakeSource {
public:
    void read_logs(std::span<const Job> jobs, LogReader& reader) override {
        FakeSource::read_logs(jobs, reader);
        throw Interrupted(SIGINT);
    }
};

} // namespace

TEST_CASE("a sync that is interrupted while it cannot store does not say that it stored",
          "[sync]") {
    const std::string backend = GENERATE(from_range(backends()));
    SyncWorld world(backend);
    InterruptedAtLast source;
    static_cast<FakeSource&>(source) = sample_night("night1");
    CHECK_THROWS_AS(world.sync_from(source), Interrupted);
    CHECK_FALSE(world.rows("execution").empty());

    SyncWorld full(backend);
    migrate(*full.open(OpenMode::create), world_clock());
    full.execute(backend == "sqlite"
                     ? "CREATE TRIGGER no_room BEFORE INSERT ON execution"
                       " BEGIN SELECT RAISE(ABORT, 'no_room'); END"
                     : "ALTER TABLE execution ADD CONSTRAINT no_room CHECK (false) NOT VALID");
    CHECK_THROWS_WITH(full.sync_from(source), ContainsSubstring("no_room"));
    CHECK(full.rows("sync_run").back().text("outcome") == "failed");
}
