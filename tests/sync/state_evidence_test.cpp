#include "support/catch.hpp"
#include "sync/state_codes.hpp"

using namespace tidemark;

namespace {

const StateMap from_zero{};
const StateMap from_one{.none = -1, .running = 1, .completed = 2, .failed = 3};

StateVerdict verdict(std::vector<SeenStateCode> seen, const StateMap& map) {
    return assess_states(seen, map).verdict;
}

} // namespace

TEST_CASE("a state 0 proves the map that begins at 0") {
    CHECK(verdict({{0, false, true}, {1, true, false}}, from_zero) == StateVerdict::proved);
    CHECK(verdict({{0, false, true}, {1, true, false}}, from_one) == StateVerdict::contradicted);
}

TEST_CASE("a state 3 proves the map that begins at 1") {
    CHECK(verdict({{3, true, false}}, from_one) == StateVerdict::proved);
    CHECK(verdict({{3, true, false}}, from_zero) == StateVerdict::contradicted);
}

TEST_CASE("states 0 and 3 together contradict every map") {
    CHECK(verdict({{0, true, false}, {3, true, false}}, from_zero) == StateVerdict::contradicted);
}

TEST_CASE("executions without an end tell the code of running") {
    CHECK(verdict({{1, false, true}, {2, true, false}}, from_one) == StateVerdict::proved);
    CHECK(verdict({{1, false, true}, {2, true, false}}, from_zero) == StateVerdict::contradicted);
    CHECK(verdict({{1, true, false}, {2, true, false}}, from_one) == StateVerdict::contradicted);
}

TEST_CASE("an execution that failed without an end contradicts no map") {
    CHECK(verdict({{1, true, false}, {2, false, true}}, from_zero) == StateVerdict::open);
    CHECK(verdict({{1, true, false}, {2, false, true}}, from_one) == StateVerdict::contradicted);
    CHECK(verdict({{2, false, true}}, from_zero) == StateVerdict::open);
    CHECK(verdict({{2, true, false}, {3, false, true}}, from_one) == StateVerdict::proved);
    // one that crashes among others that failed
    CHECK(verdict({{1, true, false}, {2, true, true}}, from_zero) == StateVerdict::open);
}

TEST_CASE("a map that is not known is judged by what it says of each code") {
    const StateMap odd{.none = -1, .running = 2, .completed = 1, .failed = 5};
    CHECK(verdict({{1, true, false}, {2, true, false}}, odd) == StateVerdict::contradicted);
    CHECK(verdict({{1, true, false}}, odd) == StateVerdict::open);
}

TEST_CASE("codes 1 and 2 of ended executions leave the map open that begins at 0") {
    CHECK(verdict({{1, true, false}, {2, true, false}}, from_zero) == StateVerdict::open);
    CHECK(verdict({}, from_zero) == StateVerdict::open);
}
