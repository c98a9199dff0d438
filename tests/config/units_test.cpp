#include "config/fields.hpp"
#include "support/catch.hpp"

#include <chrono>

using namespace std::chrono_literals;
using tidemark::parse_duration;
using tidemark::parse_size;

TEST_CASE("A duration is days, hours, minutes, seconds or a combination of them") {
    CHECK(parse_duration("7d") == 168h);
    CHECK(parse_duration("26h") == 26h);
    CHECK(parse_duration("90m") == 90min);
    CHECK(parse_duration("30s") == 30s);
    CHECK(parse_duration("1d12h") == 36h);
    CHECK(parse_duration("1d2h3m4s") == 26h + 3min + 4s);
    CHECK(parse_duration("0d") == 0s);
    CHECK(parse_duration("36500d") == 876000h);
}

TEST_CASE("What is no duration is nothing") {
    const auto* text = GENERATE("", "7", "d", "-7d", "7 d", "7D", "1.5h", "12h1d", "1h1h", "7days",
                                "36501d", "99999999999999999999d", "9223372036854775807s");
    CAPTURE(text);
    CHECK_FALSE(parse_duration(text));
}

TEST_CASE("A size is a number of bytes with a decimal or a binary unit") {
    CHECK(parse_size("1024") == 1024U);
    CHECK(parse_size("1b") == 1U);
    CHECK(parse_size("2KB") == 2000U);
    CHECK(parse_size("2KiB") == 2048U);
    CHECK(parse_size("500MB") == 500'000'000U);
    CHECK(parse_size("32MiB") == 33'554'432U);
    CHECK(parse_size("3GB") == 3'000'000'000U);
    CHECK(parse_size("16 GiB") == 17'179'869'184U);
    CHECK(parse_size("1tb") == 1'000'000'000'000U);
    CHECK(parse_size("1TiB") == 1'099'511'627'776U);
}

TEST_CASE("What is no size is nothing") {
    const auto* text = GENERATE("", "GiB", "16G", "-1", "1.5GiB", "16  GiB", "16GiB ", "1 KiB 2",
                                "18446744073709551616", "16777216TiB");
    CAPTURE(text);
    CHECK_FALSE(parse_size(text));
}
