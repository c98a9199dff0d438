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

TEST_CASE("Log lines are ordered by time, those of one moment as they come") {
    const auto execution = execution_of(
        {line(3, 10, "a"), line(1, 10, "b"), line(2, 10, "c"), line(4, 20, "d"), line(5, 5, "0")});
    CHECK(messages(execution) == std::vector<std::string>{"0", "a", "b", "c", "d"});
    for (std::size_t i = 0; i < execution.logs.size(); ++i)
        CHECK(execution.logs[i].line_number == static_cast<std::int64_t>(i) + 1);
}

TEST_CASE("Log lines that come newest first are turned round, those of one moment too") {
    const std::vector<std::string> as_logged{"a", "b", "c", "d"};
    CHECK(messages(execution_of({line(1, 20, "d"), line(3, 10, "c"), line(2, 10, "b"),
                                 line(4, 10, "a")})) == as_logged);
    // a clock that stumbles once does not change which way they come
    CHECK(messages(execution_of({line(1, 30, "c"), line(2, 30, "b"), line(4, 40, "d"),
                                 line(3, 25, "a"), line(5, 20, "0"), line(6, 19, "-1")})) ==
          std::vector<std::string>{"-1", "0", "a", "b", "c", "d"});
}

TEST_CASE("Lines of one moment stay as they are until more is known of the body") {
    Execution execution = execution_of({line(2, 10, "c"), line(3, 10, "b"), line(1, 10, "a")});
    const auto hash = execution.content_hash;
    CHECK(messages(execution) == std::vector<std::string>{"c", "b", "a"});
    reverse_ties(execution);
    CHECK(messages(execution) == std::vector<std::string>{"a", "b", "c"});
    CHECK(execution.logs[2].line_number == 3);
    CHECK(execution.content_hash == hash);
}

TEST_CASE("The trend of a log says which way its lines come") {
    CHECK(time_trend({line(1, 1, "a"), line(2, 1, "b"), line(3, 2, "c"), line(4, 3, "d")}) == 2);
    CHECK(time_trend({line(1, 3, "a"), line(2, 1, "b"), line(3, 1, "c")}) == -1);
    CHECK(time_trend({line(1, 1, "a"), line(2, 1, "b")}) == 0);
    CHECK(time_trend({}) == 0);
}

TEST_CASE("Of lines with one id the last one stays") {
    const auto execution = execution_of(
        {line(1, 30, "old"), line(2, 20, "other"), line(1, 10, "newer"), line(1, 40, "last")});
    CHECK(messages(execution) == std::vector<std::string>{"other", "last"});
}

TEST_CASE("The content hash does not depend on the order of the lines") {
    const std::vector<Log> logs{line(1, 10, "a"), line(2, 10, "b"), line(3, 5, "c")};
    const auto hash = execution_of(logs).content_hash;
    std::vector<std::size_t> order{0, 1, 2};
    do {
        CHECK(execution_of({logs[order[0]], logs[order[1]], logs[order[2]]}).content_hash == hash);
    } while (std::next_permutation(order.begin(), order.end()));
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
    // what a code means can be told again without the body
    CHECK_FALSE(changed([](Execution& e) { e.state = State::failed; }));
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
