#pragma once

#include "model/time.hpp"

#include <string>
#include <string_view>

namespace tidemark {

/// The format of moments and durations in the report.
class Moments {
public:
    /// `now` is the time of the report.
    Moments(TimeZone zone, Timestamp now) : m_zone(zone), m_now(now) {}

    /// `Fri 9 Oct, 02:12` in local time; with the year when it is not the current one.
    [[nodiscard]] std::string full(Timestamp moment) const;

    /// The same for a moment in the format of a view, in UTC; "" for any other text.
    [[nodiscard]] std::string full(std::string_view utc) const;

    /// `02:12`.
    [[nodiscard]] std::string clock(Timestamp moment) const;

private:
    TimeZone m_zone;
    Timestamp m_now;
};

/// `9 Oct` for `2026-10-09`; any other text is returned unchanged.
std::string short_day(const std::string& day);

/// `45 min`, `9.8 h`, `3.4 d` for a number of hours.
std::string age_text(double hours);

/// `8.2 s`, `41 min`, `2.5 h` for a number of seconds in the format of a view; "–" for an empty
/// text.
std::string seconds_text(const std::string& seconds);

} // namespace tidemark
