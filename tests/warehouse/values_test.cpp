#include "error.hpp"
#include "support/catch.hpp"
#include "warehouse/backends.hpp"
#include "warehouse/test_rows.hpp"
#include "warehouse/values.hpp"

#include <limits>

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// What comes back of an execution with these log lines.
std::vector<Log> round_trip(Warehouse& warehouse, std::vector<Log> logs) {
    warehouse.write(foundation());
    auto row = execution(1);
    row.execution.logs = std::move(logs);
    warehouse.write(new_executions({row}));
    return warehouse.logs(1);
}

} // namespace

TEST_CASE("null and empty are two messages", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    const std::vector logs{log(1, std::nullopt), log(2, "")};
    CHECK(round_trip(*db.warehouse, logs) == logs);
    const auto rows = rows_of(*db.warehouse, "execution_log");
    CHECK(rows[0].at("message") == "NULL");
    CHECK(rows[1].at("message").empty());
    CHECK(rows[0].at("extra") == "NULL");
}

TEST_CASE("messages come back as they went", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    std::vector<Log> logs;
    for (const char* text :
         {"it's \"quoted\" and 'quoted'", "C:\\data\\.\\N \\\\", "a\tb\nc\rd\r\n", "\\.", "\\N",
          "NULL", "$1 ? :name @x", "{\"a\": [1]}", "\x01\x1f\x7f", "\xC2\x80\xDF\xBF",
          "\xE0\xA0\x80\xEF\xBF\xBD\xEF\xBF\xBF", "\xF0\x90\x80\x80\xF4\x8F\xBF\xBF",
          "\xF0\x9F\x9A\x80 \xC3\x98konomi \xE2\x80\x9C\xE4\xB8\xAD\xE6\x96\x87\xE2\x80\x9D"}) {
        logs.push_back(log(logs.size() + 1, text));
    }
    logs[3].extra = R"({"Text":"a\\b'c\n"})";
    CHECK(round_trip(*db.warehouse, logs) == logs);
}

TEST_CASE("a message may have eight megabytes", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    const std::string text(std::size_t{8} << 20U, 'x');
    const auto logs = round_trip(*db.warehouse, {log(1, text)});
    REQUIRE(logs.size() == 1);
    CHECK((logs[0].message == text));
}

TEST_CASE("the limits of integers and of time come back", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    constexpr auto lowest = std::numeric_limits<std::int64_t>::min();
    constexpr auto highest = std::numeric_limits<std::int64_t>::max();
    std::vector logs{log(1, "a", "0001-01-01 00:00:00.000000"),
                     log(2, "b", "9999-12-31 23:59:59.999999")};
    logs[0].severity = lowest;
    logs[1].severity = highest;
    CHECK(round_trip(*db.warehouse, logs) == logs);

    auto row = execution(2, "0001-01-01 00:00:00.000001");
    row.execution.ended_at = moment("9999-12-31 23:59:59.999999");
    row.execution.state_code = lowest;
    row.execution.content_hash = std::numeric_limits<std::uint64_t>::max();
    db.warehouse->write(new_executions({row}));
    const auto known = db.warehouse->find(std::vector{guid(2)});
    REQUIRE(known.size() == 1);
    CHECK(known[0].created_at == row.execution.created_at);
    CHECK(known[0].content_hash == row.execution.content_hash);
    const auto rows = rows_of(*db.warehouse, "execution");
    CHECK(rows[1].at("state_code") == std::to_string(lowest));
    CHECK(rows[1].at("created_on") == "0001-01-01");
}

TEST_CASE("a moment that no column can hold fails the batch", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    auto far = log(1, "far");
    far.logged_at = moment("9999-12-31 23:59:59.999999") + std::chrono::microseconds{1};
    CHECK_THROWS_AS(round_trip(*db.warehouse, {far}), Error);
    CHECK(rows_of(*db.warehouse, "execution").empty());
}

TEST_CASE("texts of fixed width are those of the model", "[warehouse]") {
    const auto text = GENERATE("0001-01-01 00:00:00.000000", "1969-12-31 23:59:59.999999",
                               "1970-01-01 00:00:00.000000", "2024-02-29 12:34:56.789012",
                               "9999-12-31 23:59:59.999999");
    CHECK(text_form(moment(text)).view() == to_text(moment(text)));
    const auto day = std::chrono::floor<std::chrono::days>(moment(text));
    CHECK(text_form(day).view() == to_text(day));
    const auto id = parse_guid("D9854698-cd42-487b-8202-8683afa39b92");
    CHECK(text_form(*id).view() == "d9854698-cd42-487b-8202-8683afa39b92");
}

TEST_CASE("log lines come back in the order of their numbers", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    std::vector<Log> lines{log(3, "a"), log(1, "b"), log(2, "c")};
    order_lines(lines);
    const auto logs = round_trip(*db.warehouse, lines);
    REQUIRE(logs.size() == 3);
    CHECK(logs[0].message == "a");
    CHECK(logs[1].message == "b");
    CHECK(logs[2].message == "c");
    CHECK(db.warehouse->logs(2).empty());
}
