#include "support/catch.hpp"
#include "support/fake_source.hpp"
#include "sync/merge.hpp"

using namespace tidemark;
using test::numbered;

namespace {

Log line(unsigned id, int second, const std::string& message) {
    return {.id = numbered(id),
            .logged_at = Timestamp{} + std::chrono::seconds{second},
            .message = message};
}

} // namespace

TEST_CASE("a merge keeps stored lines, adds new ones and takes over changed ones") {
    Execution received{
        .id = numbered(1), .logs = {line(2, 2, "changed"), line(3, 3, "new")}, .content_hash = 42};
    std::vector<Log> stored = {line(1, 1, "only stored"), line(2, 2, "old")};
    order_lines(stored);
    const auto merged = merge(stored, received);
    REQUIRE(merged.execution.logs.size() == 3);
    CHECK(merged.execution.logs[0].message == "only stored");
    CHECK(merged.execution.logs[1].message == "changed");
    CHECK(merged.execution.logs[2].message == "new");
    CHECK(merged.execution.content_hash == 42);
    CHECK(merged.added == 1);
    REQUIRE(merged.changed.size() == 2);
    CHECK(merged.changed[0].message == "changed");
}

TEST_CASE("a stored line that did not come again stays behind the line it stood behind") {
    std::vector<Log> stored = {line(9, 1, "a"), line(5, 1, "gone"), line(7, 1, "c")};
    order_lines(stored);
    Execution received{.id = numbered(1),
                       .logs = {line(9, 1, "a"), line(7, 1, "c"), line(2, 1, "d")}};
    const auto merged = merge(stored, received);
    std::vector<std::string> messages;
    for (const Log& log : merged.execution.logs)
        messages.push_back(*log.message);
    CHECK(messages == std::vector<std::string>{"a", "gone", "c", "d"});
    REQUIRE(merged.changed.size() == 1);
    CHECK(merged.changed[0].line_number == 4);
}

TEST_CASE("lines behind one that appears late are written anew with their numbers") {
    std::vector<Log> stored = {line(1, 1, "a"), line(3, 3, "c")};
    order_lines(stored);
    const auto merged = merge(stored, Execution{.logs = {line(1, 1, "a"), line(2, 2, "b")}});
    REQUIRE(merged.changed.size() == 2);
    CHECK(merged.changed[0].message == "b");
    CHECK(merged.changed[1].message == "c");
    CHECK(merged.changed[1].line_number == 3);
    CHECK(merged.added == 1);
}

TEST_CASE("a line that did not come again moves with a corrected zone as the others did") {
    // read as UTC, while it was the time of a zone that is an hour ahead
    const ZoneCorrection an_hour{TimeZone{}, TimeZone::find("Etc/GMT-1").value()};
    std::vector<Log> stored = {line(1, 7201, "a"), line(2, 7202, "gone"), line(3, 7203, "c")};
    order_lines(stored);
    SECTION("which the lines in both logs show") {
        const Execution received{.logs = {line(1, 3601, "a"), line(3, 3603, "c")}};
        const auto logs = merge(stored, received, an_hour).execution.logs;
        REQUIRE(logs.size() == 3);
        CHECK(logs[1] == Log{.id = numbered(2),
                             .logged_at = Timestamp{} + std::chrono::seconds{3602},
                             .message = "gone",
                             .line_number = 2});
    }
    SECTION("which nothing denies") {
        const auto merged = merge(stored, Execution{.logs = {line(4, 3600, "new")}}, an_hour);
        REQUIRE(merged.execution.logs.size() == 4);
        CHECK(merged.execution.logs[0].message == "new");
        CHECK(merged.changed.size() == 4);
        CHECK(merged.added == 1);
    }
    SECTION("and stays where it was when they stayed, because they carry a zone") {
        const Execution received{.logs = {line(1, 7201, "a"), line(3, 7203, "c")}};
        const auto merged = merge(stored, received, an_hour);
        CHECK(merged.execution.logs == stored);
        CHECK(merged.changed.empty());
    }
}

TEST_CASE("merging what is stored changes no line") {
    std::vector<Log> logs = {line(1, 1, "a"), line(2, 2, "b")};
    order_lines(logs);
    const auto merged = merge(logs, Execution{.id = numbered(1), .logs = logs});
    CHECK(merged.changed.empty());
    CHECK(merged.added == 0);
    CHECK(merged.execution.logs == logs);
}
