#pragma once

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

namespace tidemark {

/// The yearly rule of a time zone in the format of `TZ` (POSIX), which is also the last line of a
/// zone file: `CET-1CEST,M3.5.0,M10.5.0/3`.
class ZoneRule {
public:
    /// nullopt when the text is no such rule.
    static std::optional<ZoneRule> read(std::string_view text);

    struct Change {
        std::chrono::sys_seconds at;
        std::chrono::seconds offset; ///< from then on
    };

    /// The changes of a year, in order; empty for a zone without summer time.
    [[nodiscard]] std::vector<Change> changes_in(std::chrono::year year) const;

    /// A day of each year and a time relative to it, which can lie before or after that day.
    struct Moment {
        enum class Kind { day_without_leap_day, day, weekday } kind = Kind::day;
        unsigned day = 0; ///< of the year; of the week where it is a weekday, 0 for Sunday
        unsigned month = 0;
        unsigned week = 0; ///< 5: the last one
        std::chrono::seconds time{0};

        [[nodiscard]] std::chrono::local_seconds in(std::chrono::year year) const;
    };

private:
    std::chrono::seconds m_standard{0};
    std::chrono::seconds m_summer{0};
    std::optional<std::pair<Moment, Moment>> m_summer_time; ///< its start and its end
};

} // namespace tidemark
