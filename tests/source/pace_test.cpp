#include "source/retry.hpp"
#include "support/catch.hpp"

using namespace tidemark;
using namespace std::chrono_literals;

namespace {

/// Looks every tenth of a second while bytes arrive at this rhythm; returns after how many seconds
/// a response of `size` bytes is given up, or nothing when all of it comes.
std::optional<double> given_up_after(std::chrono::seconds stall_timeout,
                                     std::chrono::milliseconds every, std::uint64_t bytes,
                                     std::uint64_t size, Pace::Result expected) {
    Pace pace(stall_timeout);
    const Pace::Clock::time_point start{1h};
    for (auto passed = 0ms; passed < 24h; passed += 100ms) {
        const auto received = static_cast<std::uint64_t>(passed / every) * bytes;
        if (received >= size) return std::nullopt;
        const auto result = pace.check(received, start + passed);
        if (result == Pace::Result::goes_on) continue;
        CHECK(result == expected);
        return std::chrono::duration<double>(passed).count();
    }
    FAIL("it would be waited for ever");
    return 0;
}

} // namespace

TEST_CASE("A response of which nothing comes any more is given up after the stall timeout") {
    CHECK(given_up_after(5s, 24h, 1, 9, Pace::Result::stalled) == 5.0);
    CHECK(given_up_after(5s, 5100ms, 1, 9, Pace::Result::stalled) == 5.0);
}

TEST_CASE("A byte every three seconds is no stall of five seconds") {
    CHECK_FALSE(given_up_after(5s, 3s, 1, 15, Pace::Result::stalled));
}

TEST_CASE("A server that trickles for ever does not hold a sync for ever") {
    CHECK(given_up_after(5s, 500ms, 1, UINT64_MAX, Pace::Result::trickles) == 50.0);
    CHECK(given_up_after(60s, 1s, 2, UINT64_MAX, Pace::Result::trickles) == 600.0);
    CHECK(given_up_after(1s, 100ms, 9, UINT64_MAX, Pace::Result::trickles) == 10.0);
}

TEST_CASE("A server that is slow but steady is waited for") {
    CHECK_FALSE(given_up_after(5s, 1s, 101, 1'000'000, Pace::Result::trickles));
    CHECK_FALSE(given_up_after(60s, 50s, 6000, 1'000'000, Pace::Result::trickles));
}

TEST_CASE("Time in which nobody looked is no silence of the server") {
    Pace pace(5s);
    Pace::Clock::time_point now{1h};
    CHECK(pace.check(1, now) == Pace::Result::goes_on);
    CHECK(pace.check(1, now += 1h) == Pace::Result::goes_on);
    CHECK(pace.check(2, now += 1h) == Pace::Result::goes_on);
    for (int i = 0; i < 4; ++i)
        CHECK(pace.check(2, now += 1s) == Pace::Result::goes_on);
    CHECK(pace.check(2, now += 1s) == Pace::Result::stalled);
}
