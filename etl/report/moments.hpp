#pragma once

#include "model/time.hpp"

#include <string>
#include <string_view>

namespace tidemark {

/// Moments and durations as the report words them.
class Moments {
public:
    /// `now` is when the report is made.
    Moments(TimeZone zone, Timestamp now) : m_zone(zone), m_now(now) {}

    /// `Fri 9 Oct, 02:12`, as the zone's clocks show it; with its year when it is not this one.
    [[nodiscard]] std::string full(Timestamp moment) const;

    /// The same of a moment as a view has it, in UTC; "" of anything else.
    [[nodiscard]] std::string full(std::string_view utc) const;

    /// `02:12`.
    [[nodiscard]] std::string clock(Timestamp moment) const;

private:
    TimeZone m_zone;
    Timestamp m_now;
};

/// `9 Oct` of `2026-10-09`; other text as it is.
std::string short_day(const std::string& day);

/// `45 min`, `9.8 h`, `3.4 d` of a number of hours.
std::string age_text(double hours);

/// `8.2 s`, `41 min`, `2.5 h` of a number of seconds as a view has it; "–" of nothing.
std::string seconds_text(const std::string& seconds);

} // namespace tidemark
