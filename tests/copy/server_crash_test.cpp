#include "copy/copy_warehouse.hpp"
#include "error.hpp"
#include "support/catch.hpp"
#include "support/postgres_server.hpp"
#include "support/sync_world.hpp"

#include <random>

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// The rows of a world without what differs from one sync to the next: when it was, and the ledger.
std::vector<std::string> history_of(SyncWorld& world) {
    std::vector<std::string> rows;
    for (const std::string table : {"job", "data_source", "transfer_task", "execution",
                                    "execution_log", "task_run", "watermark"}) {
        for (const std::string& row :
             world.dump(table, {"execution_key", "transfer_task_key", "data_source_key"})) {
            rows.push_back(table + " " + row);
        }
    }
    return rows;
}

} // namespace

TEST_CASE("a server that is killed ten times in the middle of a load loses and doubles nothing") {
    SyncWorld undisturbed("sqlite");
    undisturbed.source = sample_night("night1");
    undisturbed.sync();
    const auto expected = history_of(undisturbed);

    PostgresServer server;
    std::mt19937 random(20261009);
    for (int i = 0; i < 10; ++i) {
        const std::string database = "crash_" + std::to_string(i);
        run_sql(server.url(), "SELECT 1");
        SyncWorld world("sqlite");
        world.config.warehouse.url = server.url();
        world.config.warehouse.schema = database;
        world.source = sample_night("night1");
        int chunks = 0;
        const int fatal = 1 + static_cast<int>(random() % 79); // of the 80 chunks of the bodies
        world.source.after_chunk = [&] {
            if (++chunks != fatal) return;
            server.kill();
            server.start();
        };
        try {
            world.sync();
        } catch (const Error&) {
            // it may give up: the next sync goes on
        }
        CHECK(chunks >= fatal);
        world.sync();
        CAPTURE(fatal);
        CHECK(history_of(world) == expected);
    }
}
