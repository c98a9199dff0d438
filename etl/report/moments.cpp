#include "report/moments.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdlib>

namespace tidemark {
namespace {

constexpr std::array<std::string_view, 7> weekday_names = {"Sun", "Mon", "Tue", "Wed",
                                                           "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> month_names = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string_view month_of(const std::chrono::year_month_day& day) {
    return month_names.at(static_cast<unsigned>(day.month()) - 1);
}

} // namespace

std::string Moments::full(Timestamp moment) const {
    const auto local = m_zone.to_local(moment);
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::year_month_day date{day};
    const std::chrono::year_month_day today{m_zone.day_of(m_now)};
    return fmt::format(
        "{} {} {}{}, {}", weekday_names.at(std::chrono::weekday{day}.c_encoding()),
        static_cast<unsigned>(date.day()), month_of(date),
        date.year() == today.year() ? "" : fmt::format(" {}", static_cast<int>(date.year())),
        clock(moment));
}

std::string Moments::full(std::string_view utc) const {
    const auto moment = timestamp_from_text(utc);
    return moment ? full(*moment) : "";
}

std::string Moments::clock(Timestamp moment) const {
    const auto local = m_zone.to_local(moment);
    const auto minutes = std::chrono::floor<std::chrono::minutes>(
        local - std::chrono::floor<std::chrono::days>(local));
    return fmt::format("{:02}:{:02}", minutes.count() / 60, minutes.count() % 60);
}

std::string short_day(const std::string& day) {
    const auto date = date_from_text(day);
    if (!date) return day;
    const std::chrono::year_month_day parts{*date};
    return fmt::format("{} {}", static_cast<unsigned>(parts.day()), month_of(parts));
}

std::string age_text(double hours) {
    if (hours < 1) return fmt::format("{:.0f} min", hours * 60);
    if (hours < 48) return fmt::format("{:.1f} h", hours);
    return fmt::format("{:.1f} d", hours / 24);
}

std::string seconds_text(const std::string& seconds) {
    if (seconds.empty()) return "–";
    const double count = std::strtod(seconds.c_str(), nullptr);
    if (count < 60) return fmt::format("{:.1f} s", count);
    if (count < 7200) return fmt::format("{:.1f} min", count / 60);
    return fmt::format("{:.1f} h", count / 3600);
}

} // namespace tidemark
