#include "model/time.hpp"
#include "model/zone_data.hpp"
#include "model/zone_rule.hpp"
#include "platform/zone_files.hpp"
#include "support/catch.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <map>
#include <memory>
#include <sstream>

using namespace tidemark;
using namespace std::chrono;

namespace {

std::string output_of(const std::string& command) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe{popen(command.c_str(), "r"), pclose};
    std::string text(1U << 20U, '\0');
    std::string all;
    for (std::size_t count = 1; count > 0;) {
        count = std::fread(text.data(), 1, text.size(), pipe.get());
        all.append(text, 0, count);
    }
    return all;
}

sys_seconds utc(int in_year, unsigned in_month, unsigned in_day, int hour = 0, int minute = 0) {
    return sys_days{year{in_year} / static_cast<int>(in_month) / static_cast<int>(in_day)} +
           hours{hour} + minutes{minute};
}

/// A moment and the offset that a zone has at it, as zdump of the system prints them:
/// `Europe/Paris  Sun Mar 29 01:00:00 2026 UT = Sun Mar 29 03:00:00 2026 CEST isdst=1 gmtoff=7200`
struct Expected {
    sys_seconds at;
    seconds offset;
};

std::optional<Expected> read_line(const std::string& line) {
    static const std::string months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    std::istringstream words(line);
    std::string zone;
    std::string weekday;
    std::string month_name;
    std::string time;
    unsigned on_day = 0;
    int in_year = 0;
    words >> zone >> weekday >> month_name >> on_day >> time >> in_year;
    const std::size_t offset = line.find("gmtoff=");
    if (!words || offset == std::string::npos || in_year < 1900) return std::nullopt;
    const auto in_month = static_cast<unsigned>(months.find(month_name) / 3 + 1);
    const auto part = [&](std::size_t from) { return std::stoi(time.substr(from, 2)); };
    return Expected{utc(in_year, in_month, on_day, part(0), part(3)) + seconds{part(6)},
                    seconds{std::stoi(line.substr(offset + 7))}};
}

ZoneData zone(std::string_view name) { return ZoneData::read(zone_file(name).value()).value(); }

} // namespace

TEST_CASE("Every zone has the offsets that the system's zdump tells, to the year 2100") {
    const auto names = zone_names();
    REQUIRE(names.size() > 400);
    std::map<std::string, ZoneData> zones;
    std::string command = "zdump -V -c 1900,2100";
    for (const std::string& name : names) {
        zones.emplace(name, zone(name));
        command += " " + name;
    }
    std::istringstream lines(output_of(command));
    std::size_t moments = 0;
    for (std::string line; std::getline(lines, line);) {
        const auto expected = read_line(line);
        if (!expected) continue;
        ++moments;
        const auto& data = zones.at(line.substr(0, line.find(' ')));
        if (data.offset_at(expected->at) == expected->offset) continue;
        CAPTURE(line, data.offset_at(expected->at).count());
        CHECK(data.offset_at(expected->at) == expected->offset);
    }
    CHECK(moments > 50'000);
}

TEST_CASE("A zone's rule holds in every later year, whatever the century") {
    const TimeZone copenhagen = TimeZone::find("Europe/Copenhagen").value();
    for (const int in_year : {2038, 2040, 2437, 2838, 4000, 9998}) {
        CAPTURE(in_year);
        CHECK(copenhagen.to_local(utc(in_year, 7, 1)).time_since_epoch() ==
              utc(in_year, 7, 1, 2).time_since_epoch());
        CHECK(copenhagen.to_local(utc(in_year, 1, 2)).time_since_epoch() ==
              utc(in_year, 1, 2, 1).time_since_epoch());
        const local_time<microseconds> noon{utc(in_year, 7, 1, 12).time_since_epoch()};
        CHECK(copenhagen.to_utc(noon) == utc(in_year, 7, 1, 10));
    }
}

TEST_CASE("Every local time is found again, but where a zone has it twice or never") {
    std::size_t found = 0;
    for (const char* name : {"Europe/Copenhagen", "America/St_Johns", "Australia/Lord_Howe",
                             "Pacific/Apia", "Africa/Casablanca", "Europe/Dublin"}) {
        const ZoneData data = zone(name);
        for (sys_seconds at = utc(1950, 1, 1); at < utc(2060, 1, 1); at += hours{7} + seconds{13}) {
            const seconds offset = data.offset_at(at);
            const seconds back = data.offset_of(local_seconds{at.time_since_epoch() + offset});
            if (back == offset) {
                ++found;
                continue;
            }
            CAPTURE(name, at.time_since_epoch().count());
            CHECK(back > offset); // the first of two
            CHECK(data.offset_at(at + offset - back) == back);
        }
    }
    CHECK(found > 800'000);
}

TEST_CASE("A rule counts its days as POSIX does") {
    const auto changes = [](const char* text, int in_year) {
        std::string shown;
        for (const auto& change : ZoneRule::read(text).value().changes_in(year{in_year}))
            shown += to_text(Timestamp{change.at}).substr(0, 16) +
                     fmt::format(" {} ", change.offset.count());
        return shown;
    };
    CHECK(changes("CET-1CEST,M3.5.0,M10.5.0/3", 2026) ==
          "2026-03-29 01:00 7200 2026-10-25 01:00 3600 ");
    CHECK(changes("IST-1GMT0,M10.5.0,M3.5.0/1", 2026) ==
          "2026-03-29 01:00 3600 2026-10-25 01:00 0 ");
    CHECK(changes("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", 2026) ==
          "2026-03-29 01:00 -3600 2026-10-25 01:00 -7200 ");
    CHECK(changes("AAA0BBB,J60/0,J365/0", 2024) == "2024-03-01 00:00 3600 2024-12-30 23:00 0 ");
    CHECK(changes("AAA0BBB,59/0,364/0", 2024) == "2024-02-29 00:00 3600 2024-12-29 23:00 0 ");
    CHECK(changes("<+0330>-3:30", 2026).empty());
    for (const char* broken : {"", "CET", "CET-1CEST", "CET-1CEST,M3.5.0", "C:ET",
                               "CET-1CEST,M13.1.0,M3", "CET-1CEST,M3.5.0,M10.5.0/3x", "<CET-1"}) {
        CAPTURE(broken);
        CHECK_FALSE(ZoneRule::read(broken));
    }
}

TEST_CASE("A zone file that is cut off anywhere is none") {
    const std::string whole = zone_file("Europe/Copenhagen").value();
    REQUIRE(ZoneData::read(whole));
    for (std::size_t size = 0; size < whole.size(); ++size) {
        CAPTURE(size);
        CHECK_FALSE(ZoneData::read(std::string_view{whole}.substr(0, size)));
    }
}

TEST_CASE("No name of a zone leads out of the zones' folder") {
    for (const char* name : {"../zoneinfo/UTC", "/etc/localtime", "Europe/../../../../etc/passwd",
                             "posixrules", "tzdata.zi", "Europe", "Europe/", "Europe\\Paris"}) {
        CAPTURE(name);
        CHECK_FALSE(zone_file(name));
    }
}
