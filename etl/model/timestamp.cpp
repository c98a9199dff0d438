#include "model/timestamp.hpp"

#include <fmt/format.h>

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

} // namespace tidemark
