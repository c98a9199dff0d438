#include "model/execution.hpp"
#include "support/catch.hpp"

#include <algorithm>

using namespace tidemark;
using std::chrono::seconds;

namespace {

Guid numbered(std::uint8_t number) {
    Guid guid;
    guid.bytes[15] = number;
    return guid;
}

Log line(std::uint8_t id, int second, std::string message) {
    return {
        .id = numbered(id), .logged_at = Timestamp{seconds{second}}, .message = std::move(message)};
}

Execution execution_of(std::vector<Log> logs) {
    Execution execution{.id = numbered(99), .state_code = 1, .state = State::completed};
    execution.logs = std::move(logs);
    normalize(execution);
    return execution;
}

std::vector<std::string> messages(const Execution& execution) {
    std::vector<std::string> texts;
    for (const Log& log : execution.logs)
        texts.push_back(log.message.value_or("null"));
    return texts;
}

} // namespace

TEST_CASE("Log lines are ordered by time, then id") {
    const auto execution = execution_of({line(3, 20, "c"), line(2, 10, "b"), line(1, 10, "a")});
    CHECK(messages(execution) == std::vector<std::string>{"a", "b", "c"});
}

TEST_CASE("Of lines with one id the last one stays") {
    const auto execution = execution_of(
        {line(1, 30, "old"), line(2, 20, "other"), line(1, 10, "newer"), line(1, 40, "last")});
    CHECK(messages(execution) == std::vector<std::string>{"other", "last"});
}

TEST_CASE("The content hash does not depend on the order of the lines") {
    std::vector<Log> logs{line(1, 10, "a"), line(2, 10, "b"), line(3, 5, "c")};
    const auto hash = execution_of(logs).content_hash;
    do {
        CHECK(execution_of(logs).content_hash == hash);
    } while (std::next_permutation(logs.begin(), logs.end(), log_order));
}

TEST_CASE("The content hash sees every member") {
    const Execution plain = execution_of({line(1, 10, "a")});
    const auto changed = [&](auto change) {
        Execution execution = plain;
        change(execution);
        normalize(execution);
        return execution.content_hash != plain.content_hash;
    };
    CHECK_FALSE(changed([](Execution&) {}));
    CHECK_FALSE(changed([](Execution& e) { e.incomplete = true; }));
    CHECK(changed([](Execution& e) { e.id = numbered(98); }));
    CHECK(changed([](Execution& e) { e.state_code = 2; }));
    CHECK(changed([](Execution& e) { e.state = State::failed; }));
    CHECK(changed([](Execution& e) { e.trigger_id = numbered(7); }));
    CHECK(changed([](Execution& e) { e.created_at += seconds{1}; }));
    CHECK(changed([](Execution& e) { e.ended_at = Timestamp{}; }));
    CHECK(changed([](Execution& e) { e.extra = "{}"; }));
    CHECK(changed([](Execution& e) { e.logs.clear(); }));
    CHECK(changed([](Execution& e) { e.logs[0].severity = 1; }));
    CHECK(changed([](Execution& e) { e.logs[0].message.reset(); }));
    CHECK(changed([](Execution& e) { e.logs[0].message = ""; }));
    CHECK(changed([](Execution& e) { e.logs[0].extra = "{}"; }));
    CHECK(changed([](Execution& e) { e.logs[0].logged_at += seconds{1}; }));
    CHECK(changed([](Execution& e) { e.logs[0].id = numbered(5); }));
}

TEST_CASE("A text that moves from one member to the next changes the hash") {
    Execution left = execution_of({line(1, 10, "ab")});
    Execution right = left;
    right.logs[0].message = "a";
    right.logs[0].extra = "b";
    normalize(right);
    CHECK(left.content_hash != right.content_hash);
}

TEST_CASE("A state code means what the map says, and nothing else") {
    const StateMap shifted{.none = -1, .running = 1, .completed = 2, .failed = 3};
    CHECK(StateMap{}.state_of(1) == State::completed);
    CHECK(shifted.state_of(1) == State::running);
    CHECK(shifted.state_of(0) == State::unknown);
    CHECK(StateMap{}.state_of(7) == State::unknown);
}

TEST_CASE("A state survives being written and read") {
    for (const State state :
         {State::none, State::running, State::completed, State::failed, State::unknown}) {
        CHECK(state_from_text(to_text(state)) == state);
    }
    CHECK(state_from_text("Running") == State::unknown);
}

TEST_CASE("An execution is open until it has an end and no longer says that it runs") {
    Execution execution;
    execution.state = State::completed;
    CHECK(execution.is_open());
    execution.ended_at = Timestamp{};
    CHECK_FALSE(execution.is_open());
    execution.state = State::running;
    CHECK(execution.is_open());
}
