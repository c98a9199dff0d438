#include "support/catch.hpp"
#include "sync/numbered_days.hpp"
#include "sync/plan.hpp"

using namespace tidemark;
using namespace tidemark::test;

namespace {

std::optional<BodyOrder> order_of(const std::vector<int>& days) {
    BodyWatch watch;
    for (const int number : days)
        CHECK_FALSE(watch.observe(id(number), day(number)));
    return watch.order();
}

/// After how many executions, each of the day that is its number, the rest is settled; 0: never.
std::size_t stops_after(const StopRule& rule, const std::vector<int>& days) {
    BodyWatch watch(rule);
    for (std::size_t i = 0; i < days.size(); ++i) {
        if (watch.observe(id(days[i]), day(days[i]))) return i + 1;
    }
    return 0;
}

} // namespace

TEST_CASE("the order of a body is what all of its executions keep to") {
    CHECK(order_of({9, 8, 5, 1}) == BodyOrder::newest_first);
    CHECK(order_of({9, 8, 8, 1}) == BodyOrder::newest_first);
    CHECK(order_of({1, 5, 8, 9}) == BodyOrder::oldest_first);
    CHECK(order_of({9, 8, 1, 2}) == BodyOrder::none);
    CHECK(order_of({1, 2, 9, 8}) == BodyOrder::none);
    CHECK_FALSE(order_of({}));
    CHECK_FALSE(order_of({5}));
    CHECK_FALSE(order_of({5, 5}));
}

TEST_CASE("the rest is settled once all that matters was seen and what follows is older") {
    CHECK(stops_after({day(5), {id(7), id(8)}}, {9, 8, 7, 5, 4, 3}) == 5);
    CHECK(stops_after({day(5), {id(8)}}, {8, 4, 3}) == 2);
}

TEST_CASE("an execution that is waited for is read up to, however old") {
    CHECK(stops_after({day(5), {id(8), id(2)}}, {8, 4, 3, 2, 1}) == 4);
    CHECK(stops_after({day(5), {id(8), id(2)}}, {8, 4, 3, 1}) == 0);
}

TEST_CASE("an execution whose time cannot be read was seen all the same") {
    BodyWatch watch(StopRule{day(5), {id(8), id(2)}});
    CHECK_FALSE(watch.observe(id(8), day(8)));
    watch.observe(id(2));
    CHECK(watch.observe(id(4), day(4)));
}

TEST_CASE("a body whose order changed is never stopped before what is new") {
    const StopRule rule{day(5), {id(6), id(7), id(8)}};
    CHECK(stops_after(rule, {1, 2, 3, 4, 5, 6, 7, 8, 9}) == 0);
    CHECK(stops_after(rule, {4, 3, 2, 1, 9, 8, 7, 6, 5}) == 0);
    CHECK(stops_after(rule, {8, 7, 4, 6, 3, 2, 9}) == 0);
    CHECK(stops_after(rule, {8, 4, 3, 7, 6, 2, 9}) == 0);
    CHECK(stops_after(rule, {8, 7, 6, 9, 4, 3, 2}) == 0);
}
