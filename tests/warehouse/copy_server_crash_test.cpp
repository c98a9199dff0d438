#include "error.hpp"
#include "support/catch.hpp"
#include "support/postgres_server.hpp"
#include "support/sync_world.hpp"
#include "warehouse/copy.hpp"

#include <fmt/format.h>

#include <random>

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// The rows of a world without what differs from one sync to the next: when it was, and the sync
/// log.
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

/// Two jobs of 30 executions with 60 long lines each: 4 MB, whose batches take a while to write.
FakeSource long_history() {
    FakeSource source;
    source.chunk_bytes = 16384;
    for (unsigned job = 1; job <= 2; ++job) {
        std::vector<BodyExecution> executions;
        for (unsigned i = 0; i < 30; ++i) {
            const std::string hour = fmt::format("2026-10-{:02}T{:02}", 1 + i / 24, i % 24);
            const std::string task = fmt::format("Sales - Orders {}", i % 3);
            std::vector<std::string> messages(60, std::string(900, 'x'));
            messages.front() = fmt::format("Executing transfer task '{}'", task);
            messages.back() = fmt::format("Transfer task '{}' completed, {} rows", task, i);
            executions.push_back({.id = job * 1000 + i,
                                  .job = job,
                                  .created = hour + ":00:00",
                                  .ended = hour + ":01:00",
                                  .messages = messages});
        }
        source.listed.push_back({.id = numbered(job), .name = fmt::format("Load {}", job)});
        source.bodies[numbered(job)] = body_of(executions);
    }
    return source;
}

std::size_t chunks_of(const FakeSource& source) {
    std::size_t chunks = 0;
    for (const auto& [job, body] : source.bodies)
        chunks += (body.size() + source.chunk_bytes - 1) / source.chunk_bytes;
    return chunks;
}

} // namespace

TEST_CASE("a server that is killed ten times in the middle of a load loses and doubles nothing") {
    SyncWorld undisturbed("sqlite");
    undisturbed.source = long_history();
    undisturbed.sync();
    const auto expected = history_of(undisturbed);
    REQUIRE(undisturbed.rows("execution_log").size() == 3600);
    REQUIRE(undisturbed.rows("task_run").size() == 60);

    PostgresServer server;
    std::mt19937 random(20261009);
    for (int i = 0; i < 10; ++i) {
        const std::string database = "crash_" + std::to_string(i);
        run_sql(server.url(), "SELECT 1");
        SyncWorld world("sqlite");
        world.config.warehouse.url = server.url();
        world.config.warehouse.schema = database;
        world.source = long_history();
        std::size_t chunks = 0;
        const std::size_t fatal = 1 + random() % (chunks_of(world.source) - 1);
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
