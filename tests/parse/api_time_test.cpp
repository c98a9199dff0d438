#include "parse/record_reader.hpp"
#include "support/catch.hpp"

#include <string>

using namespace tidemark;

namespace {

std::string read(std::string_view text, const TimeZone& zone = {}) {
    const auto time = parse_api_time(text, zone);
    if (!time) return "unreadable";
    return time->moment ? to_text(*time->moment) : "no time";
}

} // namespace

TEST_CASE("A time is read with 0 to 9 fraction digits, cut off after six") {
    CHECK(read("2026-10-09T03:07:22") == "2026-10-09 03:07:22.000000");
    CHECK(read("2026-10-09T03:07:22.5") == "2026-10-09 03:07:22.500000");
    CHECK(read("2026-10-09T03:07:22.05") == "2026-10-09 03:07:22.050000");
    CHECK(read("2026-10-09T03:07:22.123456") == "2026-10-09 03:07:22.123456");
    CHECK(read("2026-10-09T03:07:22.1234569") == "2026-10-09 03:07:22.123456");
    CHECK(read("2026-10-09T03:07:22.999999999") == "2026-10-09 03:07:22.999999");
    CHECK(read("2026-10-09T03:07:22.99999999999Z") == "2026-10-09 03:07:22.999999");
}

TEST_CASE("A time is read with Z, an offset or nothing behind it") {
    for (const char* text :
         {"2026-10-09T03:07:22Z", "2026-10-09t03:07:22z", "2026-10-09 03:07:22",
          "2026-10-09T05:07:22+02:00", "2026-10-09T05:07:22+0200", "2026-10-09T05:07:22+02",
          "2026-10-08T21:37:22.000-05:30", "2026-10-09T21:07:22+18:00", "2026-10-08T09:07:22-18"}) {
        INFO(text);
        CHECK(read(text) == "2026-10-09 03:07:22.000000");
    }
}

TEST_CASE("The zone holds for times that carry none, and for no others") {
    const TimeZone copenhagen = TimeZone::find("Europe/Copenhagen").value();
    CHECK(read("2026-07-01T12:00:00", copenhagen) == "2026-07-01 10:00:00.000000");
    CHECK(read("2026-01-01T12:00:00.25", copenhagen) == "2026-01-01 11:00:00.250000");
    CHECK(read("2026-07-01T12:00:00Z", copenhagen) == "2026-07-01 12:00:00.000000");
    CHECK(read("2026-07-01T12:00:00+01:00", copenhagen) == "2026-07-01 11:00:00.000000");
    CHECK(read("2026-03-29T02:30:00", copenhagen) == "2026-03-29 01:30:00.000000");
    CHECK(read("2026-10-25T02:30:00", copenhagen) == "2026-10-25 00:30:00.000000");
}

TEST_CASE("The first day of year 1 is no time, in any zone and form") {
    const TimeZone copenhagen = TimeZone::find("Europe/Copenhagen").value();
    CHECK(read("0001-01-01T00:00:00") == "no time");
    CHECK(read("0001-01-01T00:00:00.0000000Z") == "no time");
    CHECK(read("0001-01-01T00:00:00+02:00") == "no time");
    CHECK(read("0001-01-01T00:00:00", copenhagen) == "no time");
    CHECK(read("0001-01-01T05:00:00Z") == "no time"); // MinValue by a clock five hours west
    CHECK(read("0001-01-02T00:30:00+01:00") == "no time");
    CHECK(read("0001-01-02T00:00:00Z") == "0001-01-02 00:00:00.000000");
}

TEST_CASE("The last day of year 9999 is no time, in any zone and form") {
    const TimeZone chatham = TimeZone::find("Pacific/Chatham").value();
    CHECK(read("9999-12-31T23:59:59.9999999") == "no time");
    CHECK(read("9999-12-31T23:59:59.997Z") == "no time");
    CHECK(read("9999-12-31T22:59:59.9999999Z") == "no time"); // MaxValue an hour east
    CHECK(read("9999-12-31T23:59:59-01:00") == "no time");
    CHECK(read("9999-12-31T00:30:00", chatham) == "no time");
    CHECK(read("9999-12-30T23:59:59-01:00") == "no time");
    CHECK(read("9999-12-30T23:59:59") == "9999-12-30 23:59:59.000000");
}

TEST_CASE("There is no year 0") { CHECK(read("0000-12-31T23:00:00-02:00") == "unreadable"); }

TEST_CASE("Every zone has a day of the years 1 to 9999 at every time that is read") {
    for (const char* name : {"Pacific/Kiritimati", "Etc/GMT+12", "Asia/Manila", "America/Juneau"}) {
        const TimeZone zone = TimeZone::find(name).value();
        for (const char* text : {"0001-01-02T00:00:00Z", "9999-12-30T23:59:59.999999Z"}) {
            CAPTURE(name, text);
            const auto day = zone.day_of(parse_api_time(text, {}).value().moment.value());
            CHECK(date_from_text(to_text(day)) == day);
        }
    }
}

TEST_CASE("What is no time is not guessed") {
    for (const char* text : {"",
                             "2026-10-09",
                             "2026-10-09T03:07",
                             "2026-10-09T24:00:00",
                             "2026-10-09T03:60:00",
                             "2026-10-09T03:07:60",
                             "2026-02-29T00:00:00",
                             "2026-13-01T00:00:00",
                             "2026-00-01T00:00:00",
                             "2026-01-00T00:00:00",
                             "2026-10-09T03:07:22.",
                             "2026-10-09T03:07:22.Z",
                             "2026-10-09T03:07:22,5",
                             "2026-10-09T03:07:22 Z",
                             "2026-10-09T03:07:22+2",
                             "2026-10-09T03:07:22+02:",
                             "2026-10-09T03:07:22+02:0",
                             "2026-10-09T03:07:22+18:01",
                             "2026-10-09T03:07:22+19:00",
                             "2026-10-09T03:07:22+02:60",
                             "2026-10-09T03:07:22+02x00",
                             "2026-10-09T03:07:22ZZ",
                             " 2026-10-09T03:07:22",
                             "2026/10/09T03:07:22",
                             "2026-10-09_03:07:22",
                             "20261009T030722",
                             "1760000000",
                             "2026-1a-09T03:07:22",
                             "+026-10-09T03:07:22",
                             "/Date(1760000000)/"}) {
        INFO(text);
        CHECK(read(text) == "unreadable");
    }
}

TEST_CASE("A leap day is a day") {
    CHECK(read("2024-02-29T23:59:59Z") == "2024-02-29 23:59:59.000000");
    CHECK(read("1900-02-29T00:00:00Z") == "unreadable");
}
