#include "model/time.hpp"
#include "support/catch.hpp"

using namespace tidemark;
using std::chrono::microseconds;

TEST_CASE("A moment survives being written and read") {
    for (const char* text : {"0001-01-01 00:00:00.000000", "9999-12-31 23:59:59.999999",
                             "1970-01-01 00:00:00.000000", "1969-12-31 23:59:59.999999",
                             "2026-10-09 03:07:22.000001", "2024-02-29 12:00:00.500000"}) {
        const auto moment = timestamp_from_text(text);
        INFO(text);
        REQUIRE(moment);
        CHECK(to_text(*moment) == text);
    }
}

TEST_CASE("A moment before the epoch is written with its own second and fraction") {
    CHECK(to_text(Timestamp{microseconds{-1}}) == "1969-12-31 23:59:59.999999");
    CHECK(to_text(Timestamp{microseconds{0}}) == "1970-01-01 00:00:00.000000");
    CHECK(timestamp_from_text("1969-12-31 23:59:59.999999")->time_since_epoch().count() == -1);
}

TEST_CASE("The order of the text is the order of time") {
    const Timestamp early = *timestamp_from_text("0099-12-31 23:59:59.999999");
    const Timestamp late = *timestamp_from_text("0100-01-01 00:00:00.000000");
    CHECK(early < late);
    CHECK(to_text(early) < to_text(late));
}

TEST_CASE("Only what was written is read as a moment") {
    for (const char* text :
         {"", "2026-10-09", "2026-10-09 03:07:22", "2026-10-09T03:07:22.000000",
          "2026-10-09 03:07:22.00000", "2026-10-09 24:00:00.000000", "2026-10-09 03:60:00.000000",
          "2026-10-09 03:07:60.000000", "2026-02-29 03:07:22.000000", "2026-10-09 03:07:22.00000x",
          "2026-10-09 03:07:22,000000"}) {
        INFO(text);
        CHECK_FALSE(timestamp_from_text(text));
    }
}

TEST_CASE("A day survives being written and read") {
    for (const char* text : {"0001-01-01", "9999-12-31", "1969-12-31", "2024-02-29"}) {
        REQUIRE(date_from_text(text));
        CHECK(to_text(*date_from_text(text)) == text);
    }
    for (const char* text : {"", "2023-02-29", "2026-13-01", "2026-1-01", "2026/01/01"}) {
        CHECK_FALSE(date_from_text(text));
    }
}
