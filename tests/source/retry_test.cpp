#include "source/retry.hpp"
#include "support/catch.hpp"

using namespace tidemark;
using namespace std::chrono_literals;

TEST_CASE("A try that the network or a busy server spoiled is worth another") {
    for (const auto fault : {Fault::unresolved, Fault::unreachable, Fault::timed_out, Fault::no_tls,
                             Fault::broken_off, Fault::cut_short}) {
        CHECK(classify(fault, 0) == RetryDecision::retry);
    }
    CHECK(classify(Fault::broken_off, 200) == RetryDecision::retry);
    for (const int status : {408, 425, 429, 500, 502, 503, 504}) {
        CAPTURE(status);
        CHECK(classify(Fault::none, status) == RetryDecision::retry);
    }
}

TEST_CASE("A refused key and a server without trust end everything") {
    CHECK(classify(Fault::none, 401) == RetryDecision::fail_all);
    CHECK(classify(Fault::none, 403) == RetryDecision::fail_one);
    CHECK(classify(Fault::untrusted, 0) == RetryDecision::fail_all);
}

TEST_CASE("What another try does not change fails one body") {
    for (const int status : {302, 304, 400, 404, 405, 410, 422, 501, 505}) {
        CAPTURE(status);
        CHECK(classify(Fault::none, status) == RetryDecision::fail_one);
    }
    for (const auto fault :
         {Fault::foreign_redirect, Fault::redirect_loop, Fault::too_large, Fault::unusable}) {
        CHECK(classify(fault, 200) == RetryDecision::fail_one);
    }
}

TEST_CASE("A response of the 200s without a fault is a success") {
    CHECK(classify(Fault::none, 200) == RetryDecision::success);
    CHECK(classify(Fault::none, 204) == RetryDecision::success);
}

TEST_CASE("Waits double from half a second to thirty seconds") {
    const RetryPolicy policy;
    const double most = 0.999999999;
    CHECK(retry_delay(policy, 1, 0, {}) == 250ms);
    CHECK(retry_delay(policy, 1, most, {}) == 499ms);
    CHECK(retry_delay(policy, 2, 0, {}) == 500ms);
    CHECK(retry_delay(policy, 3, 0, {}) == 1s);
    CHECK(retry_delay(policy, 6, 0, {}) == 8s);
    CHECK(retry_delay(policy, 7, 0, {}) == 15s);
    CHECK(retry_delay(policy, 7, most, {}) <= 30s);
    CHECK(retry_delay(policy, 1'000'000, most, {}) <= 30s);
}

TEST_CASE("A wait that the server asks for is kept, but not without bounds") {
    const RetryPolicy policy;
    CHECK(retry_delay(policy, 1, 0, 7s) == 7s);
    CHECK(retry_delay(policy, 5, 0, 1s) == 1s);
    CHECK(retry_delay(policy, 1, 0.5, 7s) == 7250ms);
    CHECK(retry_delay(policy, 1, 0, 24h) == 5min);
    CHECK(retry_delay(policy, 1, 0, std::chrono::seconds::max()) == 5min);
    CHECK(retry_delay(policy, 1, 0, -5s) == 0ms);
}

TEST_CASE("Retry-After is a number of seconds or a date in one of three forms") {
    const std::chrono::sys_seconds now{784111767s}; // 1994-11-06T08:49:27Z
    CHECK(parse_retry_after("120", now) == 120s);
    CHECK(parse_retry_after(" 0 ", now) == 0s);
    CHECK(parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", now) == 10s);
    CHECK(parse_retry_after("Sunday, 06-Nov-94 08:49:37 GMT", now) == 10s);
    CHECK(parse_retry_after("Sun Nov  6 08:49:37 1994", now) == 10s);
}

TEST_CASE("A date that is past means at once") {
    const std::chrono::sys_seconds now{784111877s};
    CHECK(parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", now) == 0s);
}

TEST_CASE("A Retry-After too large for a number is still a long wait") {
    CHECK(parse_retry_after("99999999999999999999", {}) > 24h);
}

TEST_CASE("A Retry-After that is neither is ignored") {
    for (const auto* value : {"", " ", "-1", "1.5", "soon", "Sun, 06 Nov", "12 s"}) {
        CAPTURE(value);
        CHECK(parse_retry_after(value, {}) == std::nullopt);
    }
}
