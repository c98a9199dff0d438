#include "support/catch.hpp"
#include "sync/merge.hpp"
#include "sync/random_history.hpp"

#include <fmt/format.h>

#include <algorithm>

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// Some of the lines that an execution has in all, each with its one wording.
std::vector<Log> some_lines(Dice& dice) {
    std::vector<Log> lines;
    for (unsigned id = 1; id <= 12; ++id) {
        if (dice.one_in(2)) continue;
        lines.push_back({.id = numbered(id),
                         .logged_at = Timestamp{} + std::chrono::seconds{id * 7 % 5},
                         .severity = id % 3,
                         .message = fmt::format("line {}", id)});
    }
    dice.shuffle(lines);
    return lines;
}

Execution execution_of(std::vector<Log> lines) {
    Execution execution{.id = numbered(1), .logs = std::move(lines)};
    normalize(execution);
    return execution;
}

std::vector<Log> merged(const std::vector<Log>& stored, const std::vector<Log>& received) {
    return merge(stored, execution_of(received)).execution.logs;
}

} // namespace

TEST_CASE("what is merged again changes nothing", "[property]") {
    for (std::uint32_t seed = 1; seed <= 200; ++seed) {
        CAPTURE(seed);
        Dice dice(seed);
        const auto stored = execution_of(some_lines(dice)).logs;
        const Execution received = execution_of(some_lines(dice));
        const auto once = merge(stored, received);
        CHECK(once.execution.content_hash == received.content_hash);
        CHECK(once.execution.logs.size() == stored.size() + static_cast<std::size_t>(once.added));
        const auto twice = merge(once.execution.logs, received);
        CHECK(twice.execution == once.execution);
        CHECK(twice.changed.empty());
        CHECK(twice.added == 0);
    }
}

TEST_CASE("the order in which parts of a log arrive does not matter", "[property]") {
    for (std::uint32_t seed = 1; seed <= 200; ++seed) {
        CAPTURE(seed);
        Dice dice(seed);
        const auto a = execution_of(some_lines(dice)).logs;
        const auto b = execution_of(some_lines(dice)).logs;
        const auto c = execution_of(some_lines(dice)).logs;
        CHECK(merged(merged(a, b), c) == merged(merged(c, b), a));
        CHECK(merged(a, b) == merged(b, a));
    }
}

TEST_CASE("the order of lines in a body does not matter", "[property]") {
    for (std::uint32_t seed = 1; seed <= 200; ++seed) {
        CAPTURE(seed);
        Dice dice(seed);
        auto lines = some_lines(dice);
        const Execution straight = execution_of(lines);
        dice.shuffle(lines);
        CHECK(execution_of(lines) == straight);
    }
}

TEST_CASE("of a line with two wordings the one that came last is kept", "[property]") {
    for (std::uint32_t seed = 1; seed <= 200; ++seed) {
        CAPTURE(seed);
        Dice dice(seed);
        const auto stored = execution_of(some_lines(dice)).logs;
        auto reworded = some_lines(dice);
        for (Log& line : reworded)
            line.message = "reworded";
        for (const Log& line : merged(stored, reworded)) {
            const bool came = std::any_of(reworded.begin(), reworded.end(),
                                          [&](const Log& other) { return other.id == line.id; });
            CHECK((line.message == "reworded") == came);
        }
    }
}
