#include "support/catch.hpp"
#include "sync/merge.hpp"
#include "sync/random_history.hpp"

#include <fmt/format.h>

#include <algorithm>

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// The lines that an execution has in all, each with its one wording: some at the same moment, and
/// ids that say nothing of their order.
std::vector<Log> all_lines() {
    std::vector<Log> lines;
    for (unsigned i = 1; i <= 12; ++i) {
        lines.push_back({.id = numbered(i * 7 % 13),
                         .logged_at = Timestamp{} + std::chrono::seconds{i / 4},
                         .severity = i % 3,
                         .message = fmt::format("line {}", i)});
    }
    return lines;
}

/// Some of them, as an API returns them that knows the order.
std::vector<Log> some_lines(Dice& dice) {
    std::vector<Log> lines;
    for (Log& line : all_lines()) {
        if (dice.one_in(2)) lines.push_back(std::move(line));
    }
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

/// Without their places.
std::vector<Log> by_id(std::vector<Log> lines) {
    for (Log& line : lines)
        line.line_number = 0;
    std::sort(lines.begin(), lines.end(),
              [](const Log& left, const Log& right) { return left.id < right.id; });
    return lines;
}

/// What is stored when the lines that a merge calls changed are written.
std::vector<Log> stored_after(std::vector<Log> stored, const std::vector<Log>& changed) {
    for (const Log& line : changed) {
        std::erase_if(stored, [&](const Log& other) { return other.id == line.id; });
        stored.push_back(line);
    }
    std::sort(stored.begin(), stored.end(), [](const Log& left, const Log& right) {
        return left.line_number < right.line_number;
    });
    return stored;
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

TEST_CASE("the order in which parts of a log arrive does not matter for what is kept",
          "[property]") {
    for (std::uint32_t seed = 1; seed <= 200; ++seed) {
        CAPTURE(seed);
        Dice dice(seed);
        const auto a = execution_of(some_lines(dice)).logs;
        const auto b = execution_of(some_lines(dice)).logs;
        const auto c = execution_of(some_lines(dice)).logs;
        CHECK(by_id(merged(merged(a, b), c)) == by_id(merged(merged(c, b), a)));
        CHECK(by_id(merged(a, b)) == by_id(merged(b, a)));
    }
}

TEST_CASE("a log that comes in spans keeps its order, whichever way each of them comes",
          "[property]") {
    const auto whole = execution_of(all_lines()).logs;
    const auto count = static_cast<unsigned>(whole.size());
    for (std::uint32_t seed = 1; seed <= 200; ++seed) {
        CAPTURE(seed);
        Dice dice(seed);
        unsigned end = 4 + dice.roll(3); // spans with a trend, and so long that they overlap
        std::vector<Log> stored = execution_of({whole.begin(), whole.begin() + end}).logs;
        while (end < count) {
            const unsigned from = dice.roll(std::min(end, 8U));
            end = std::min(count, std::max(end, from + 5) + dice.roll(3));
            std::vector<Log> span{whole.begin() + from, whole.begin() + end};
            if (dice.one_in(2)) std::reverse(span.begin(), span.end());
            const auto merge_of_span = merge(stored, execution_of(span));
            stored = stored_after(stored, merge_of_span.changed);
            CHECK(stored == merge_of_span.execution.logs);
        }
        CHECK(stored == whole);
    }
}

TEST_CASE("a source that shuffles the lines of one moment changes no hash", "[property]") {
    for (std::uint32_t seed = 1; seed <= 200; ++seed) {
        CAPTURE(seed);
        Dice dice(seed);
        auto lines = all_lines();
        const Execution straight = execution_of(lines);
        dice.shuffle(lines);
        const Execution shuffled = execution_of(lines);
        CHECK(shuffled.content_hash == straight.content_hash);
        CHECK(by_id(shuffled.logs) == by_id(straight.logs));
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
