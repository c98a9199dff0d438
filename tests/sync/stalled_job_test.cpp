#include "source/api_source.hpp"
#include "support/catch.hpp"
#include "support/http_server.hpp"
#include "support/sync_world.hpp"
#include "support/wait_until.hpp"

#include <atomic>

using namespace tidemark;
using namespace tidemark::test;

namespace {

constexpr unsigned slow = 1;
constexpr unsigned quick = 2;

std::string body_of_job(unsigned job) {
    return body_of({{.id = job * 10,
                     .job = job,
                     .created = "2026-10-01T03:00:00",
                     .ended = "2026-10-01T03:10:00",
                     .messages = {"one line"}}});
}

/// Whether the job's watermark is stored, as another program would see it.
bool is_stored(SyncWorld& world, unsigned job) {
    for (const Row& row : world.rows("watermarks")) {
        if (row.text("job") == std::to_string(job)) return !row.text("loaded_through_utc").empty();
    }
    return false;
}

/// Asks again and again, for at most ten seconds.
bool gets_stored(SyncWorld& world, unsigned job) {
    return becomes_so([&] { return is_stored(world, job); }, std::chrono::seconds{10});
}

std::string path_of(unsigned job) { return "/public/jobs/" + to_text(numbered(job)) + "/logs"; }

std::string list_of_jobs() {
    std::string list;
    for (const unsigned job : {slow, quick}) {
        list += (list.empty() ? "[" : ",");
        list +=
            R"({"Id":")" + to_text(numbered(job)) + R"(","Name":")" + std::to_string(job) + "\"}";
    }
    return list + "]";
}

} // namespace

TEST_CASE("a job that waits for its body, or for another try, holds up no other's storing",
          "[sync]") {
    SyncWorld world;
    const bool refused_first = GENERATE(false, true);
    CAPTURE(refused_first);
    std::atomic<int> tries = 0;
    std::atomic<bool> was_stored = false;
    HttpServer server([&](const Asked& asked) {
        if (asked.path == path_of(quick)) return respond(200, body_of_job(quick));
        if (asked.path != path_of(slow)) return respond(200, list_of_jobs());
        if (refused_first && tries++ == 0) return respond(503, "", "Retry-After: 1\r\n");
        was_stored = gets_stored(world, quick);
        return respond(200, body_of_job(slow));
    });
    world.config.source.base_url = server.url();
    world.config.source.max_concurrent_requests = 2;
    const auto source = open_api_source(world.config.source, "a-secret-key");
    CHECK(world.sync_from(*source).outcome == SyncOutcome::succeeded);
    CHECK(was_stored);
    CHECK(is_stored(world, slow));
}

TEST_CASE("a body that stands still half-way holds up no other job's storing", "[sync]") {
    /// Sends half of the slow job's body, all of the other's, and the rest only once that is
    /// stored.
    class HalfWay : public FakeSource {
    public:
        explicit HalfWay(SyncWorld& world) : m_world(world) {
            listed = {{numbered(slow), std::to_string(slow)},
                      {numbered(quick), std::to_string(quick)}};
        }
        void read_logs(std::span<const Job> jobs, LogReader& reader) override {
            const std::string body = body_of_job(slow);
            const std::string_view half = std::string_view{body}.substr(0, body.size() / 2);
            reader.begin(jobs[0]);
            reader.bytes(jobs[0], half);
            reader.begin(jobs[1]);
            reader.bytes(jobs[1], body_of_job(quick));
            reader.end(jobs[1]);
            reader.succeeded(jobs[1], {});
            was_stored = gets_stored(m_world, quick);
            reader.bytes(jobs[0], std::string_view{body}.substr(half.size()));
            reader.end(jobs[0]);
            reader.succeeded(jobs[0], {});
        }
        bool was_stored = false;

    private:
        SyncWorld& m_world;
    };

    SyncWorld world;
    HalfWay source(world);
    CHECK(world.sync_from(source).outcome == SyncOutcome::succeeded);
    CHECK(source.was_stored);
    CHECK(is_stored(world, slow));
}
