#include "error.hpp"
#include "support/catch.hpp"
#include "support/fake_source.hpp"
#include "sync/follow.hpp"

#include <fmt/format.h>

#include <deque>

using namespace tidemark;
using namespace tidemark::test;
using namespace std::chrono_literals;

namespace {

const Job the_job{numbered(1), "Nightly load"};
const Guid the_trigger = numbered(900);

/// An API whose log of the trigger is one body after the other; the last one stays.
class FakeApi : public JobsApi {
public:
    explicit FakeApi(std::deque<std::string> bodies) : m_bodies(std::move(bodies)) {}

    JobList jobs() override { return {}; }
    JobStatusList statuses() override { return {}; }
    void read_logs(std::span<const Job>, LogReader&) override { FAIL("it reads everything"); }
    QueuedRun execute(const Job&) override { throw Error("it queues a run"); }
    [[nodiscard]] std::string name() const override { return "a fake API"; }
    [[nodiscard]] std::uint64_t bytes_read() const override { return 0; }
    [[nodiscard]] std::uint64_t requests() const override { return m_requests; }

    void read_triggered(const Job& job, const Guid& trigger_id, LogReader& reader) override {
        CHECK(trigger_id == the_trigger);
        ++m_requests;
        const std::string body = m_bodies.front();
        if (m_bodies.size() > 1) m_bodies.pop_front();
        reader.begin(job);
        reader.bytes(job, std::string_view{body}.substr(0, body.size() / 2));
        reader.begin(job); // the first try broke off
        reader.bytes(job, body);
        if (reader.end(job) == BodyState::whole) return reader.succeeded(job, {});
        reader.failed(job, "the body ends before its array does");
    }

private:
    std::deque<std::string> m_bodies;
    std::uint64_t m_requests = 0;
};

/// What was told of a run, and how it ended.
struct Followed {
    std::vector<std::string> reported;
    RunEnd end = RunEnd::failed;
    std::string error;
    std::uint64_t requests = 0;
    std::chrono::milliseconds waited{0};
};

Followed follow(std::deque<std::string> bodies, std::chrono::seconds patience = 60s) {
    FakeApi api(std::move(bodies));
    Followed followed;
    const RunEvents events{
        .picked_up = [&](const Execution& e) { followed.reported.push_back("+" + to_text(e.id)); },
        .line = [&](const Log& log) { followed.reported.push_back(log.message.value_or("null")); },
        .ended = [&](const Execution& e) { followed.reported.push_back("-" + to_text(e.id)); },
        .wait = [&](std::chrono::milliseconds pause) { followed.waited += pause; },
        .now = [&] { return std::chrono::steady_clock::time_point{} + followed.waited; }};
    try {
        followed.end = follow_run(api, {}, the_job, the_trigger, patience, events);
    } catch (const Error& error) {
        followed.error = error.what();
    }
    followed.requests = api.requests();
    return followed;
}

BodyExecution execution(unsigned id, int state, const std::string& ended,
                        std::vector<std::string> messages) {
    return {.id = id,
            .job = 1,
            .state = state,
            .created = "2026-10-09T03:00:00Z",
            .ended = ended,
            .messages = std::move(messages),
            .trigger = 900};
}

const std::string run_end = "2026-10-09T03:10:00Z";
const std::string no_run = "[]";
const std::string name_7 = to_text(numbered(7));

} // namespace

TEST_CASE("A run is told of from its pick-up to its end, each line once", "[execute]") {
    const auto followed = follow({no_run, no_run, body_of({execution(7, 0, "", {"one"})}),
                                  body_of({execution(7, 0, "", {"one", "two"})}),
                                  body_of({execution(7, 1, run_end, {"one", "two", "three"})})});
    CHECK(followed.end == RunEnd::completed);
    CHECK(followed.reported ==
          std::vector<std::string>{"+" + name_7, "one", "two", "three", "-" + name_7});
    CHECK(followed.requests == 5);
}

TEST_CASE("A run that failed, or ended in a state that nobody knows, is no success", "[execute]") {
    const int state = GENERATE(2, -1, 7);
    CHECK(follow({body_of({execution(7, state, run_end, {"one"})})}).end == RunEnd::failed);
}

TEST_CASE("A run without an end goes on, whatever its state says", "[execute]") {
    const auto followed =
        follow({body_of({execution(7, 1, "", {})}), body_of({execution(7, 0, run_end, {})}),
                body_of({execution(7, 2, run_end, {})})});
    CHECK(followed.end == RunEnd::failed);
    CHECK(followed.requests == 3);
}

TEST_CASE("One trigger may start several executions, which all have to complete", "[execute]") {
    const int other = GENERATE(1, 2);
    const auto followed =
        follow({body_of({execution(7, 1, run_end, {}), execution(8, 0, "", {})}),
                body_of({execution(7, 1, run_end, {}), execution(8, other, run_end, {})})});
    CHECK(followed.requests == 2);
    CHECK(followed.end == (other == 1 ? RunEnd::completed : RunEnd::failed));
}

TEST_CASE("A log that holds more than the run says nothing of how it ends", "[execute]") {
    // a gateway that drops the end of the path returns the job's whole history
    BodyExecution of_last_night = execution(6, 1, run_end, {"long ago"});
    of_last_night.trigger = GENERATE(0U, 901U);
    const auto followed = follow({body_of({of_last_night})});
    CHECK_THAT(followed.error,
               ContainsSubstring(to_text(numbered(6))) && ContainsSubstring("not of the run"));
    CHECK(followed.reported.empty());
}

TEST_CASE("Of two versions in one log of a run the one that tells more counts", "[execute]") {
    const auto open = execution(7, 0, "", {"one"});
    const auto end = execution(7, 1, run_end, {"one", "two"});
    for (const auto& body : {std::vector{end, open}, std::vector{open, end}}) {
        const auto followed = follow({body_of(body)});
        CHECK(followed.end == RunEnd::completed);
        CHECK(followed.requests == 1);
    }
    const auto failed = execution(7, 2, "2026-10-09T03:20:00Z", {"one", "two"});
    CHECK(follow({body_of({failed, end})}).end == RunEnd::failed);
}

TEST_CASE("A run that is never picked up is given up in time", "[execute]") {
    const auto followed = follow({no_run}, 40s);
    CHECK(followed.end == RunEnd::not_picked_up);
    CHECK(followed.reported.empty());
    CHECK(followed.waited == 40s);
    CHECK(followed.requests <= 40);
}

TEST_CASE("A run that was picked up is waited for beyond the time for that", "[execute]") {
    std::deque<std::string> bodies(20, body_of({execution(7, 0, "", {})}));
    bodies.push_back(body_of({execution(7, 1, run_end, {})}));
    const auto followed = follow(bodies, 5s);
    CHECK(followed.end == RunEnd::completed);
    CHECK(followed.waited >= 20s);
}

TEST_CASE("A run that is gone for a moment goes on, one that is gone for good is told",
          "[execute]") {
    const std::string open = body_of({execution(7, 0, "", {})});
    CHECK(follow({open, no_run, no_run, open, body_of({execution(7, 1, run_end, {})})}).end ==
          RunEnd::completed);
    CHECK_THAT(follow({open, no_run}).error, ContainsSubstring("gone from the API"));
}

TEST_CASE("An execution that cannot be read ends the waiting with the reason", "[execute]") {
    CHECK_THAT(follow({R"([{"Id":5}])"}).error, ContainsSubstring("cannot be read: "));
    CHECK_THAT(follow({"["}).error, ContainsSubstring("ends before its array does"));
}

TEST_CASE("The log is read every second at first, then more seldom", "[execute]") {
    CHECK(next_poll(0s) == 1s);
    CHECK(next_poll(40s) == 2s);
    CHECK(next_poll(20h) == 15s);
    const auto followed = follow({no_run}, 20min);
    CHECK(followed.requests > 100);
    CHECK(followed.requests < 150); // as the page on commands says
}
