// When a data source is late by its own habit.
#include "cases/loads.hpp"
#include "support/catch.hpp"
#include "warehouse/backends.hpp"

using namespace tidemark;
using namespace tidemark::test;

TEST_CASE("six loads on the first day are no habit") {
    const auto* backend = GENERATE("sqlite", "postgres");
    Loads young(backend, {hours{30}, hours{31}, hours{32}, hours{33}, hours{34}, hours{35}});
    CHECK_FALSE(young.late_by_habit());
    Loads tested_long_ago(backend,
                          {20 * days, 20 * days + hours{1}, 20 * days + hours{2},
                           20 * days + hours{3}, 20 * days + hours{4}, 20 * days + hours{5}});
    CHECK_FALSE(tested_long_ago.late_by_habit());
}

TEST_CASE("one outage does not hide the next") {
    const auto* backend = GENERATE("sqlite", "postgres");
    auto ago = nights(12, 8 * days);
    for (const hours before : nights(20, 25 * days)) // no load for six days
        ago.push_back(before);
    Loads world(backend, ago);
    CHECK(world.late_by_habit());
    const Row late = world.rows("late_sources").at(0);
    CHECK(std::stod(late.text("usual_gap_hours")) == 24.0);
    CHECK(late.integer("late_by_freshness") == 0);
    CHECK_FALSE(late.text("expected_at_utc").empty());
}

TEST_CASE("a nightly source is late by habit half a night after the night that it missed") {
    const auto* backend = GENERATE("sqlite", "postgres");
    CHECK_FALSE(Loads(backend, nights(40, hours{10})).late_by_habit());
    CHECK_FALSE(Loads(backend, nights(40, hours{33})).late_by_habit());
    CHECK(Loads(backend, nights(40, hours{38})).late_by_habit());
    CHECK(Loads(backend, nights(40, 100 * days)).late_by_habit());
}

TEST_CASE("a habit is known of tasks that only a completed execution speaks for") {
    const auto* backend = GENERATE("sqlite", "postgres");
    const std::vector<std::string> start = {"Executing transfer task 'CRM - a'"};
    CHECK(Loads(backend, nights(30, 8 * days), start).late_by_habit());
    CHECK_FALSE(Loads(backend, nights(30, hours{12}), start).late_by_habit());
    Loads world(backend, nights(30, hours{12}), start);
    CHECK(world.rows("recent_loads").size() == 30);
}

TEST_CASE("a usual weekend makes no source late") {
    const auto* backend = GENERATE("sqlite", "postgres");
    // this week's loads ended `last` ago; so did those of the weeks before, five nights each
    const auto five_nights_a_week = [](hours last, int missed) {
        std::vector<hours> ago;
        for (int week = 0; week < 10; ++week) {
            for (int night = week == 0 ? missed : 0; night < 5; ++night)
                ago.push_back(last + 7 * days * week + hours{24} * night);
        }
        return ago;
    };
    CHECK_FALSE(Loads(backend, five_nights_a_week(hours{10}, 0)).late_by_habit());
    CHECK_FALSE(Loads(backend, five_nights_a_week(hours{60}, 0)).late_by_habit());
    CHECK_FALSE(Loads(backend, five_nights_a_week(hours{71}, 0)).late_by_habit());
    CHECK(Loads(backend, five_nights_a_week(hours{60}, 1)).late_by_habit());
}

TEST_CASE("a source that is loaded every hour of the working days rests at the weekend") {
    const auto* backend = GENERATE("sqlite", "postgres");
    const auto working_days = [](hours last) {
        std::vector<hours> ago;
        for (int week = 0; week < 5; ++week) {
            for (int hour = 0; hour < 4 * 24; ++hour)
                ago.push_back(last + 7 * days * week + hours{hour});
        }
        return ago;
    };
    CHECK_FALSE(Loads(backend, working_days(hours{50})).late_by_habit());
    auto silent = working_days(hours{0});
    silent.erase(silent.begin(), silent.begin() + 6);
    CHECK(Loads(backend, silent).late_by_habit());
}
