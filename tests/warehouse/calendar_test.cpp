#include "support/catch.hpp"
#include "warehouse/backends.hpp"
#include "warehouse/calendar.hpp"
#include "warehouse/test_rows.hpp"

using namespace tidemark;
using namespace tidemark::test;

namespace {

Date day(int year, unsigned month, unsigned day) {
    return std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day};
}

CalendarDayRow the_day(int year, unsigned month, unsigned day_of_month) {
    const Date date = day(year, month, day_of_month);
    return calendar(date, date).at(1);
}

} // namespace

TEST_CASE("a day has its week by ISO 8601, in the year that the week is of") {
    // as the standard's own examples have them
    for (const auto& [date, iso_year, iso_week, iso_weekday] :
         std::vector<std::tuple<CalendarDayRow, int, int, int>>{
             {the_day(2005, 1, 1), 2004, 53, 6},
             {the_day(2005, 12, 31), 2005, 52, 6},
             {the_day(2007, 1, 1), 2007, 1, 1},
             {the_day(2008, 12, 29), 2009, 1, 1},
             {the_day(2010, 1, 3), 2009, 53, 7},
             {the_day(2026, 2, 28), 2026, 9, 6}}) {
        CAPTURE(date.date_key);
        CHECK(date.iso_year == iso_year);
        CHECK(date.iso_week == iso_week);
        CHECK(date.iso_weekday == iso_weekday);
    }
}

TEST_CASE("a day has its names, its quarter and whether people work on it") {
    const CalendarDayRow friday = the_day(2026, 10, 9);
    CHECK(friday.date_key == 20261009);
    CHECK(friday.year == 2026);
    CHECK(friday.quarter == 4);
    CHECK(friday.month == 10);
    CHECK(friday.day == 9);
    CHECK(friday.year_month == "2026-10");
    CHECK(friday.month_name == "October");
    CHECK(friday.weekday_name == "Friday");
    CHECK(friday.is_working_day);
    CHECK_FALSE(the_day(2026, 10, 10).is_working_day);
    CHECK_FALSE(the_day(2026, 10, 11).is_working_day);
    CHECK(the_day(2026, 10, 12).weekday_name == "Monday");
    CHECK(the_day(2026, 3, 31).quarter == 1);
    CHECK(the_day(2026, 4, 1).quarter == 2);
}

TEST_CASE("the calendar holds every day once, leap days too, and one that is not known") {
    const auto days = calendar(day(2024, 1, 1), day(2024, 12, 31));
    REQUIRE(days.size() == 367);
    CHECK(days.front().date_key == -1);
    CHECK_FALSE(days.front().date.has_value());
    for (std::size_t i = 2; i < days.size(); ++i)
        CHECK(*days[i].date - *days[i - 1].date == std::chrono::days{1});
    CHECK(days.at(60).date_key == 20240229);
}

TEST_CASE("the calendar follows the first execution and the year", "[warehouse]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    db.warehouse->write(foundation());
    CHECK_FALSE(db.warehouse->first_day(first_plausible_day).has_value());
    db.warehouse->write(new_executions({execution(1, "2025-06-02 03:00:00.000000"),
                                        execution(2, "1999-12-31 23:00:00.000000"),
                                        execution(3, "2026-06-02 03:00:00.000000")}));
    CHECK(db.warehouse->first_day(first_plausible_day) == day(2025, 6, 2));
    CHECK(db.warehouse->first_day(day(2025, 6, 3)) == day(2026, 6, 2));

    keep_calendar(*db.warehouse, moment("2027-01-01 00:00:00.000000"));
    auto stored = rows_of(*db.warehouse, "calendar_day");
    CHECK(stored.size() == 1 + 213 + 3 * 365 + 1); // 2028 is a leap year
    // the first of two executions has the later day where a zone was corrected for one of them
    db.database->execute("UPDATE execution SET created_on = '2025-06-01', created_at ="
                         " '2025-06-02 03:00:00.000001' WHERE execution_key = 3");
    CHECK(db.warehouse->first_day(first_plausible_day) == day(2025, 6, 1));
    keep_calendar(*db.warehouse, moment("2026-12-31 23:59:59.000000"));
    stored = rows_of(*db.warehouse, "calendar_day");
    CHECK(stored.size() == 1 + 214 + 2 * 365);
}
