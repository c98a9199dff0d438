#include "attribution/quantities.hpp"
#include "support/catch.hpp"

using namespace std::chrono_literals;
using tidemark::parse_seconds;

TEST_CASE("A duration is told in seconds or as a clock shows it") {
    CHECK(parse_seconds("0") == 0us);
    CHECK(parse_seconds("12") == 12s);
    CHECK(parse_seconds("12.5") == 12500ms);
    CHECK(parse_seconds("12,034") == 12034ms);
    CHECK(parse_seconds("3.1234567") == 3123456us);
    CHECK(parse_seconds("02:30") == 150s);
    CHECK(parse_seconds("01:02:03.4") == 3723400ms);
    CHECK(parse_seconds("30:00:00") == 30h);
}

TEST_CASE("What a rule captured that is no duration is nothing") {
    const auto* text = GENERATE("", " ", "soon", "-5", "5s", "1.", ".5", "1.5.5", "1:60", "1:2:3:4",
                                "1:", ":1", "1e3", "31536000", "99999999999999999999");
    CAPTURE(text);
    CHECK_FALSE(parse_seconds(text));
}
