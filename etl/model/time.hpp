#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace tidemark {
class ZoneData;

/// A moment in UTC, to the microsecond: what both databases can hold.
using Timestamp = std::chrono::sys_time<std::chrono::microseconds>;

/// A calendar day (of the reporting time zone, where it was made from a moment).
using Date = std::chrono::sys_days;

/// Where "now" comes from; tests hand in their own.
using Clock = Timestamp (*)();

/// The machine's clock.
Timestamp system_now();

/// Whether both databases can hold a moment and the day that any time zone has at it: it lies
/// between the first and the last day of the years 1 to 9999.
bool is_storable(Timestamp moment);

/// The latest moment that a source can mean when it is read at `now`: what is later comes from a
/// wrong clock. `tolerance` is `[source] clock_tolerance`.
Timestamp latest_plausible(Timestamp now, std::chrono::seconds tolerance);

/// `YYYY-MM-DD HH:MM:SS.ffffff`, always 26 characters for the years 1 to 9999, so that the order of
/// the text is the order of time.
std::string to_text(Timestamp moment);

/// `YYYY-MM-DD`.
std::string to_text(Date day);

/// Reads what `to_text(Timestamp)` wrote; nullopt for anything else.
std::optional<Timestamp> timestamp_from_text(std::string_view text);

/// Reads what `to_text(Date)` wrote; nullopt for anything else.
std::optional<Date> date_from_text(std::string_view text);

/// An IANA time zone. Cheap to copy; the zone data lives as long as the program.
class TimeZone {
public:
    /// UTC.
    TimeZone() = default;

    /// nullopt when the zone data has no zone of this name.
    static std::optional<TimeZone> find(std::string_view name);

    /// The moment of a local wall-clock time. A local time that the zone has twice is the first of
    /// the two; one that the zone skips is moved forward by the length of the gap.
    [[nodiscard]] Timestamp to_utc(std::chrono::local_time<std::chrono::microseconds> local) const;

    /// What the zone's clocks show at a moment.
    [[nodiscard]] std::chrono::local_time<std::chrono::microseconds>
    to_local(Timestamp moment) const;

    /// The calendar day that this zone has at a moment.
    [[nodiscard]] Date day_of(Timestamp moment) const;

    /// The wall-clock time that it has at a moment, to the second: `YYYY-MM-DD HH:MM:SS`.
    [[nodiscard]] std::string local_text(Timestamp moment) const;

    [[nodiscard]] std::string name() const;

private:
    std::string_view m_name = "UTC";
    const ZoneData* m_zone = nullptr; // null: UTC
};

/// Reads a date of an HTTP header in any of its three forms; nullopt when it is none.
std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view value);

} // namespace tidemark
