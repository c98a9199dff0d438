#include "source/downloads.hpp"
#include "support/catch.hpp"

using namespace tidemark;

namespace {

void succeed(Throttle& throttle, int times) {
    for (int i = 0; i < times; ++i)
        throttle.succeeded();
}

} // namespace

TEST_CASE("Requests at once are halved when the server has too many, down to one") {
    Throttle throttle(8);
    std::vector<int> allowed;
    for (int i = 0; i < 5; ++i) {
        allowed.push_back(throttle.at_once());
        throttle.overloaded(throttle.round());
    }
    CHECK(allowed == std::vector{8, 4, 2, 1, 1});
}

TEST_CASE("Requests that were under way together count as one complaint") {
    Throttle throttle(8);
    const int round = throttle.round();
    for (int i = 0; i < 8; ++i)
        throttle.overloaded(round);
    CHECK(throttle.at_once() == 4);
}

TEST_CASE("One more request is tried after a full round of successes, up to the most") {
    Throttle throttle(4);
    throttle.overloaded(throttle.round());
    succeed(throttle, 1);
    CHECK(throttle.at_once() == 2);
    succeed(throttle, 1);
    CHECK(throttle.at_once() == 3);
    succeed(throttle, 3);
    CHECK(throttle.at_once() == 4);
    succeed(throttle, 100);
    CHECK(throttle.at_once() == 4);
}

TEST_CASE("A complaint begins the count of successes anew") {
    Throttle throttle(4);
    throttle.overloaded(throttle.round());
    succeed(throttle, 1);
    throttle.overloaded(throttle.round());
    CHECK(throttle.at_once() == 1);
    succeed(throttle, 1);
    CHECK(throttle.at_once() == 2);
}

TEST_CASE("At least one request is allowed") { CHECK(Throttle(0).at_once() == 1); }
