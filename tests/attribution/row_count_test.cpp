#include "attribution/quantities.hpp"
#include "support/catch.hpp"

using tidemark::parse_row_count;

TEST_CASE("A count may have separators between its thousands") {
    CHECK(parse_row_count("0") == 0);
    CHECK(parse_row_count("1234567") == 1'234'567);
    CHECK(parse_row_count("1,234,567") == 1'234'567);
    CHECK(parse_row_count("1.234.567") == 1'234'567);
    CHECK(parse_row_count("12 345") == 12'345);
    CHECK(parse_row_count("123'456") == 123'456);
    CHECK(parse_row_count("1\u00A0234\u00A0567") == 1'234'567);
    CHECK(parse_row_count("1\u202F234") == 1'234);
    CHECK(parse_row_count("1\u2019234") == 1'234);
    CHECK(parse_row_count(" 42 ") == 42);
    CHECK(parse_row_count("9223372036854775807") == INT64_MAX);
}

TEST_CASE("What is no count, or might be another number, is nothing") {
    const auto* text =
        GENERATE("", " ", "many", "-5", "+5", "1.5", "1,23", "1234,567", "1,234.567", "1,,234",
                 ",234", "1,234,", "12a", "1e6", "0x10", "1 2345", "9223372036854775808");
    CAPTURE(text);
    CHECK_FALSE(parse_row_count(text));
}
