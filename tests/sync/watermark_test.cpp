#include "support/catch.hpp"
#include "sync/numbered_days.hpp"
#include "sync/watermark.hpp"

using namespace tidemark;
using namespace tidemark::test;
using namespace std::chrono_literals;

namespace {

KnownExecution open_since(int number, int created) {
    KnownExecution execution;
    execution.id = id(number);
    execution.execution_key = number;
    execution.created_at = day(created);
    execution.open = true;
    return execution;
}

} // namespace

TEST_CASE("an open execution holds the watermark until it is lost or abandoned", "[sync]") {
    KnownExecution execution = open_since(1, 1);
    CHECK(holds_watermark(execution));
    SECTION("lost") { execution.lost_since = day(2); }
    SECTION("abandoned") { execution.abandoned_since = day(2); }
    SECTION("ended, but incomplete") {
        execution.open = false;
        execution.incomplete = true;
    }
    CHECK_FALSE(holds_watermark(execution));
}

TEST_CASE("what is older than the watermark less the lookback is not compared", "[sync]") {
    WatermarkRow row{.loaded_through = day(10)};
    CHECK(compare_from(row, std::chrono::days{7}) == day(3));
    row.whole_through = day(6);
    CHECK(compare_from(row, std::chrono::days{7}) == day(-1));
    row.loaded_through.reset();
    CHECK_FALSE(compare_from(row, 1s));
    CHECK_FALSE(compare_from(std::nullopt, 1s));
}

TEST_CASE("a span is missing when the API begins after what was read", "[sync]") {
    const WatermarkRow row{.loaded_through = day(5), .read_through = day(8)};
    CHECK(missing_span(row, day(9)) == Span{day(8), day(9)});
    CHECK_FALSE(missing_span(row, day(8)));
    CHECK_FALSE(missing_span(row, day(7))); // held back by an open one, yet read before
    CHECK_FALSE(missing_span(row, std::nullopt));
    CHECK_FALSE(missing_span(std::nullopt, day(9)));
}

TEST_CASE("an open execution that is still in the body holds the watermark", "[sync]") {
    const JobHistory history{.newest_created_at = day(3), .pending = {open_since(1, 2)}};
    BodySummary body{.newest_moment = day(3)};
    body.pending_seen.insert(history.pending[0].id);
    const Conclusion conclusion = conclude(history, history, body, day(4), std::chrono::days{30});
    CHECK(conclusion.open == 1);
    CHECK(conclusion.oldest_held == day(2));
    CHECK(conclusion.marks.empty());
}

TEST_CASE("an open execution that is gone from the body is lost", "[sync]") {
    const JobHistory history{.newest_created_at = day(3), .pending = {open_since(1, 2)}};
    const Conclusion conclusion = conclude(history, history, {}, day(4), std::chrono::days{30});
    REQUIRE(conclusion.marks.size() == 1);
    CHECK(conclusion.marks[0].lost_since == day(4));
    CHECK(conclusion.lost == 1);
    CHECK_FALSE(conclusion.oldest_held);
}

TEST_CASE("an execution that this very sync stored is not lost", "[sync]") {
    const JobHistory now{.newest_created_at = day(3), .pending = {open_since(1, 2)}};
    const Conclusion conclusion = conclude({}, now, {}, day(4), std::chrono::days{30});
    CHECK(conclusion.lost == 0);
    CHECK(conclusion.open == 1);
}

TEST_CASE("an execution is abandoned when its job's history is that much further on", "[sync]") {
    const JobHistory history{.newest_created_at = day(40), .pending = {open_since(1, 2)}};
    BodySummary body{.newest_moment = day(40)};
    body.pending_seen.insert(history.pending[0].id);
    CHECK(conclude(history, history, body, day(41), std::chrono::days{30}).abandoned == 1);
    CHECK(conclude(history, history, body, day(41), std::chrono::days{39}).abandoned == 0);
    // a body that speaks of the future does not age anything
    body.newest_moment = day(4000);
    CHECK(conclude(history, history, body, day(20), std::chrono::days{30}).abandoned == 0);
}
