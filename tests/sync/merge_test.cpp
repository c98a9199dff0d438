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
    const auto merged = merge({line(1, 1, "only stored"), line(2, 2, "old")}, received);
    REQUIRE(merged.execution.logs.size() == 3);
    CHECK(merged.execution.logs[0].message == "only stored");
    CHECK(merged.execution.logs[1].message == "changed");
    CHECK(merged.execution.logs[2].message == "new");
    CHECK(merged.execution.content_hash == 42);
    CHECK(merged.added == 1);
    REQUIRE(merged.changed.size() == 2);
    CHECK(merged.changed[0].message == "changed");
}

TEST_CASE("merging what is stored changes no line") {
    const std::vector<Log> logs = {line(1, 1, "a"), line(2, 2, "b")};
    const auto merged = merge(logs, Execution{.id = numbered(1), .logs = logs});
    CHECK(merged.changed.empty());
    CHECK(merged.added == 0);
    CHECK(merged.execution.logs == logs);
}
