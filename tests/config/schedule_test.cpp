#include "config/config_error.hpp"
#include "config/schedule_section.hpp"
#include "support/catch.hpp"

#include <fmt/format.h>

using tidemark::parse_given_start;

namespace {

/// `0111110 90`: whether each day from Monday on is one, and the minutes since midnight.
std::string days_and_minutes(std::string_view text) {
    const auto start = parse_given_start(text);
    if (!start) return "";
    std::string days;
    for (std::size_t day = 0; day < start->weekdays.size(); ++day)
        days += start->weekdays.test(day) ? '1' : '0';
    return fmt::format("{} {}", days, start->time.count());
}

} // namespace

TEST_CASE("A given start is a time of day, on every day or on some") {
    CHECK(days_and_minutes("00:00") == "1111111 0");
    CHECK(days_and_minutes("23:59") == "1111111 1439");
    CHECK(days_and_minutes("mon-fri 02:00") == "1111100 120");
    CHECK(days_and_minutes("Sat,SUN 05:30") == "0000011 330");
    CHECK(days_and_minutes("fri-mon 05:30") == "1000111 330");
    CHECK(days_and_minutes("tue-tue 05:30") == "0100000 330");
    CHECK(days_and_minutes("mon-wed,wed,sun 05:30") == "1110001 330");
}

TEST_CASE("What is no time and no days is no given start") {
    for (const auto* text : {"",
                             " ",
                             "2:00",
                             "24:00",
                             "12:60",
                             "02:00 ",
                             " 02:00",
                             "0200",
                             "02.00",
                             "ab:cd",
                             "02:00:00",
                             "mon",
                             "mon 2am",
                             "monday 02:00",
                             "mon- 02:00",
                             "-fri 02:00",
                             "mon, 02:00",
                             "mon  02:00",
                             "mon-fri-sun 02:00",
                             "mon fri 02:00"}) {
        CAPTURE(text);
        CHECK(days_and_minutes(text) == "");
    }
}

TEST_CASE("The starts of a job are read from a text or from an array") {
    const auto config = tidemark::parse_config(
        "[source]\nbase_url = \"https://gateway.example\"\n[schedule]\n\"Nightly load\" = "
        "\"02:00\"\n\"Month end\" = [\"mon-fri 18:30\", \"sat 06:00\"]\n",
        "config.toml");
    CHECK(
        config.schedule.by_job ==
        std::map<std::string, std::vector<tidemark::GivenStart>>{
            {"Nightly load", {*parse_given_start("02:00")}},
            {"Month end", {*parse_given_start("mon-fri 18:30"), *parse_given_start("sat 06:00")}}});
}

TEST_CASE("A start that is none is refused with what it may be") {
    CHECK(
        refusal_of_rest("[schedule]\nNightly = \"2am\"\n") ==
        "config.toml:4: 'schedule.Nightly' must be a time of day such as '02:00', 'mon-fri 02:00' "
        "or 'sat,sun 05:30', not '2am'");
    CHECK(refusal_of_rest("[schedule]\n\"A b\" = [\"02:00\", \"mo 03:00\"]\n") ==
          "config.toml:4: 'schedule.\"A b\"' must be a time of day such as '02:00', 'mon-fri "
          "02:00' or 'sat,sun 05:30', not 'mo 03:00'");
    CHECK(refusal_of_rest("[schedule]\nNightly = 02:00:00\n") ==
          "config.toml:4: 'schedule.Nightly' must be a string such as '02:00' or 'mon-fri 02:00', "
          "or an array of them, not a time");
    CHECK(refusal_of_rest("[schedule]\nNightly = []\n") ==
          "config.toml:4: 'schedule.Nightly' must not be empty");
}
