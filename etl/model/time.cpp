#include "model/time.hpp"

#include "model/zone_data.hpp"
#include "platform/zone_files.hpp"

#include <date/date.h>
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <locale>
#include <map>
#include <mutex>
#include <sstream>
#include <string>

namespace tidemark {
namespace {

using std::chrono::microseconds;
using std::chrono::year_month_day;

/// The number that fills `text` from `at` for `length` digits; nullopt when something else stands
/// there.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t length) {
    int value = 0;
    for (const char c : text.substr(at, length)) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

} // namespace

Timestamp system_now() {
    return std::chrono::time_point_cast<microseconds>(std::chrono::system_clock::now());
}

bool is_storable(Timestamp moment) {
    using std::chrono::sys_days;
    using std::chrono::year;
    constexpr Timestamp earliest{sys_days{year{1} / 1 / 2}};
    constexpr Timestamp beyond{sys_days{year{9999} / 12 / 31}};
    return moment >= earliest && moment < beyond;
}

Timestamp latest_plausible(Timestamp now, std::chrono::seconds tolerance) {
    return now + tolerance;
}

std::string to_text(Timestamp moment) {
    const auto day = std::chrono::floor<std::chrono::days>(moment);
    const std::chrono::hh_mm_ss time{moment - day};
    return fmt::format("{} {:02}:{:02}:{:02}.{:06}", to_text(Date{day}), time.hours().count(),
                       time.minutes().count(), time.seconds().count(), time.subseconds().count());
}

std::string to_text(Date day) {
    const year_month_day date{day};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string to_text(LocalTime shown) { return to_text(Timestamp{shown.time_since_epoch()}); }

std::optional<Date> date_from_text(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = digits(text, 0, 4);
    const auto month = digits(text, 5, 2);
    const auto day = digits(text, 8, 2);
    if (!year || !month || !day) return std::nullopt;
    const year_month_day date{std::chrono::year{*year},
                              std::chrono::month{static_cast<unsigned>(*month)},
                              std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return std::nullopt;
    return Date{date};
}

std::optional<Timestamp> timestamp_from_text(std::string_view text) {
    if (text.size() != 26 || text[10] != ' ' || text[13] != ':' || text[16] != ':' ||
        text[19] != '.') {
        return std::nullopt;
    }
    const auto day = date_from_text(text.substr(0, 10));
    const auto hour = digits(text, 11, 2);
    const auto minute = digits(text, 14, 2);
    const auto second = digits(text, 17, 2);
    const auto micros = digits(text, 20, 6);
    if (!day || !hour || !minute || !second || !micros) return std::nullopt;
    if (*hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
    return Timestamp{*day} + std::chrono::hours{*hour} + std::chrono::minutes{*minute} +
           std::chrono::seconds{*second} + microseconds{*micros};
}

std::optional<LocalTime> local_time_from_text(std::string_view text) {
    const auto same = timestamp_from_text(text);
    return same ? std::optional{LocalTime{same->time_since_epoch()}} : std::nullopt;
}

namespace {

using Zones = std::map<std::string, ZoneData, std::less<>>;

/// The zones that were asked for; each is read once and stays.
const Zones::value_type* loaded_zone(std::string_view name) {
    static std::mutex guard;
    static Zones zones;
    const std::lock_guard lock(guard);
    if (const auto found = zones.find(name); found != zones.end()) return &*found;
    const auto file = zone_file(name);
    const auto data = file ? ZoneData::read(*file) : std::nullopt;
    return data ? &*zones.emplace(name, *data).first : nullptr;
}

} // namespace

std::optional<TimeZone> TimeZone::find(std::string_view name) {
    TimeZone zone;
    if (name == zone.m_name) return zone;
    const auto* const loaded = loaded_zone(name);
    if (loaded == nullptr) return std::nullopt;
    zone.m_name = loaded->first;
    zone.m_zone = &loaded->second;
    return zone;
}

Timestamp TimeZone::to_utc(LocalTime local) const {
    const Timestamp moment{local.time_since_epoch()};
    if (m_zone == nullptr) return moment;
    // The offset before a gap carries a skipped time forward by the length of the gap; before an
    // overlap it is that of the first of the two.
    return moment - m_zone->offset_of(std::chrono::floor<std::chrono::seconds>(local));
}

LocalTime TimeZone::to_local(Timestamp moment) const {
    const LocalTime same{moment.time_since_epoch()};
    if (m_zone == nullptr) return same;
    return same + m_zone->offset_at(std::chrono::floor<std::chrono::seconds>(moment));
}

Date TimeZone::day_of(Timestamp moment) const {
    return Date{
        std::chrono::floor<std::chrono::days>(Timestamp{to_local(moment).time_since_epoch()})};
}

std::string to_second(std::string text) {
    constexpr std::size_t length = 19;
    text.resize(std::min(text.size(), length));
    return text;
}

std::string to_minute(std::string text) {
    constexpr std::size_t length = 16;
    text.resize(std::min(text.size(), length));
    return text;
}

std::string TimeZone::local_text(Timestamp moment) const {
    return to_second(to_text(to_local(moment)));
}

std::string TimeZone::name() const { return std::string{m_name}; }

std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view value) {
    for (const char* format : {"%a, %d %b %Y %T GMT", "%A, %d-%b-%y %T GMT", "%a %b %e %T %Y"}) {
        std::istringstream in{std::string(value)};
        in.imbue(std::locale::classic());
        std::chrono::sys_seconds time;
        in >> date::parse(format, time);
        if (!in.fail()) return time;
    }
    return std::nullopt;
}

} // namespace tidemark
