#include "warehouse/calendar.hpp"

#include "warehouse/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace tidemark {
namespace {

constexpr std::array<std::string_view, 12> month_names = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

/// From Monday on, as ISO 8601 counts them.
constexpr std::array<std::string_view, 7> weekday_names = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
constexpr unsigned last_working_day = 5;

CalendarDayRow row_of(Date date) {
    const std::chrono::year_month_day day(date);
    const unsigned weekday = std::chrono::weekday(date).iso_encoding();
    // a week is of the year that its Thursday is in
    const Date thursday = date + std::chrono::days{4} - std::chrono::days{weekday};
    const std::chrono::year iso_year = std::chrono::year_month_day(thursday).year();
    const auto days = (thursday - Date{iso_year / std::chrono::January / 1}).count();
    const int year = static_cast<int>(day.year());
    const auto month = static_cast<unsigned>(day.month());
    const auto day_of_month = static_cast<unsigned>(day.day());
    return {.date_key = (Key{year} * 100 + Key{month}) * 100 + day_of_month,
            .date = date,
            .year = year,
            .quarter = (month + 2) / 3,
            .month = month,
            .day = day_of_month,
            .iso_weekday = weekday,
            .iso_week = days / 7 + 1,
            .iso_year = static_cast<int>(iso_year),
            .year_month = fmt::format("{:04}-{:02}", year, month),
            .month_name = std::string{month_names.at(month - 1)},
            .weekday_name = std::string{weekday_names.at(weekday - 1)},
            .is_working_day = weekday <= last_working_day};
}

/// The keys of the days that are stored, in their order.
std::vector<Key> stored_keys(Warehouse& warehouse) {
    std::vector<Key> keys;
    each_row(warehouse, "calendar_day",
             [&](const Row& row) { keys.push_back(row.integer("date_key")); });
    std::ranges::sort(keys);
    return keys;
}

} // namespace

std::vector<CalendarDayRow> calendar(Date first, Date last) {
    std::vector<CalendarDayRow> days{CalendarDayRow{}};
    for (Date day = first; day <= last; day += std::chrono::days{1})
        days.push_back(row_of(day));
    return days;
}

void keep_calendar(Warehouse& warehouse, Timestamp now) {
    const Date today = std::chrono::floor<std::chrono::days>(now);
    const auto next_year = std::chrono::year_month_day(today).year() + std::chrono::years{1};
    const Date first = warehouse.first_day(first_plausible_day).value_or(today);
    Batch batch;
    batch.calendar = calendar(std::min(first, today), next_year / std::chrono::December / 31);
    if (!std::ranges::equal(batch.calendar, stored_keys(warehouse), {}, &CalendarDayRow::date_key))
        warehouse.write(batch);
}

} // namespace tidemark
