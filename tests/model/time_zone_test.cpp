#include "model/time.hpp"
#include "support/catch.hpp"

using namespace tidemark;
using std::chrono::microseconds;

namespace {

std::string utc_of(std::string_view local, const TimeZone& zone) {
    const auto count = timestamp_from_text(local).value().time_since_epoch();
    return to_text(zone.to_utc(std::chrono::local_time<microseconds>{count}));
}

const TimeZone copenhagen = TimeZone::find("Europe/Copenhagen").value();

} // namespace

TEST_CASE("A zone's offset is that of the season") {
    CHECK(utc_of("2026-01-15 12:00:00.000001", copenhagen) == "2026-01-15 11:00:00.000001");
    CHECK(utc_of("2026-07-15 12:00:00.000001", copenhagen) == "2026-07-15 10:00:00.000001");
}

TEST_CASE("A local time that the zone skips is moved forward") {
    CHECK(utc_of("2026-03-29 01:59:59.999999", copenhagen) == "2026-03-29 00:59:59.999999");
    CHECK(utc_of("2026-03-29 02:00:00.000000", copenhagen) == "2026-03-29 01:00:00.000000");
    CHECK(utc_of("2026-03-29 02:30:00.000000", copenhagen) == "2026-03-29 01:30:00.000000");
    CHECK(utc_of("2026-03-29 03:00:00.000000", copenhagen) == "2026-03-29 01:00:00.000000");
}

TEST_CASE("A local time that the zone has twice is the first of the two") {
    CHECK(utc_of("2026-10-25 01:59:59.999999", copenhagen) == "2026-10-24 23:59:59.999999");
    CHECK(utc_of("2026-10-25 02:00:00.000000", copenhagen) == "2026-10-25 00:00:00.000000");
    CHECK(utc_of("2026-10-25 02:59:59.999999", copenhagen) == "2026-10-25 00:59:59.999999");
    CHECK(utc_of("2026-10-25 03:00:00.000000", copenhagen) == "2026-10-25 02:00:00.000000");
}

TEST_CASE("A day is that of the zone") {
    const Timestamp evening = *timestamp_from_text("2026-07-15 22:30:00.000000");
    CHECK(to_text(copenhagen.day_of(evening)) == "2026-07-16");
    CHECK(to_text(TimeZone{}.day_of(evening)) == "2026-07-15");
    CHECK(to_text(TimeZone{}.day_of(Timestamp{microseconds{-1}})) == "1969-12-31");
}

TEST_CASE("Zones are found by name, and only those that exist") {
    CHECK(copenhagen.name() == "Europe/Copenhagen");
    CHECK(TimeZone::find("UTC")->name() == "UTC");
    CHECK(TimeZone{}.name() == "UTC");
    CHECK_FALSE(TimeZone::find("Europe/Atlantis"));
    CHECK_FALSE(TimeZone::find(""));
}
