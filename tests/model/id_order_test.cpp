#include "model/execution.hpp"
#include "support/catch.hpp"

using namespace tidemark;

namespace {

Log line(const char* id, std::int64_t severity = 0) {
    return {.id = *parse_guid(id), .severity = severity};
}

} // namespace

TEST_CASE("lines are ordered by their ids, however late these differ") {
    const std::vector<Log> logs = {
        line("ff000000-0000-0000-0000-000000000000"), line("00000000-0000-0001-0000-000000000000"),
        line("00000000-0000-0000-0000-000000000002"), line("00000000-0000-0000-0000-000000000001"),
        line("01000000-0000-0000-0000-000000000000")};
    const auto ordered = in_id_order(logs);
    CHECK(ordered == std::vector<const Log*>{&logs[3], &logs[2], &logs[1], &logs[4], &logs[0]});
}

TEST_CASE("lines of one id stay in their own order") {
    const std::vector<Log> logs = {line("22222222-0000-0000-0000-000000000000", 1),
                                   line("11111111-0000-0000-0000-000000000000", 2),
                                   line("22222222-0000-0000-0000-000000000000", 3),
                                   line("22222222-0000-0000-0000-000000000000", 4)};
    const auto ordered = in_id_order(logs);
    CHECK(ordered == std::vector<const Log*>{&logs[1], &logs[0], &logs[2], &logs[3]});
}
