#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace tidemark {
class ZoneData;

/// A moment in UTC with microseconds, the precision of both databases.
using Timestamp = std::chrono::sys_time<std::chrono::microseconds>;

/// A calendar day. A day that is derived from a moment is a day of the reporting time zone.
using Date = std::chrono::sys_days;

/// A local time of a time zone, with microseconds.
using LocalTime = std::chrono::local_time<std::chrono::microseconds>;

/// A source of the current time; tests pass their own.
using Clock = Timestamp (*)();

/// The machine's clock.
Timestamp system_now();

/// Whether both databases can store a moment and its day in any time zone: it lies after the first
/// and before the last day of the years 1 to 9999.
bool is_storable(Timestamp moment);

/// The latest plausible moment in a body that is read at `now`; a later one comes from a wrong
/// clock. `tolerance` is `[source] clock_tolerance`.
Timestamp latest_plausible(Timestamp now, std::chrono::seconds tolerance);

/// `YYYY-MM-DD HH:MM:SS.ffffff`, always 26 characters for the years 1 to 9999, so that the order of
/// the text is the order of time.
std::string to_text(Timestamp moment);

/// For people: the beginning of such a text to the second, or to the minute.
std::string to_second(std::string text);
std::string to_minute(std::string text);

/// `YYYY-MM-DD`.
std::string to_text(Date day);

/// The 26 characters of `to_text(Timestamp)`, of what clocks show.
std::string to_text(LocalTime shown);

/// Reads what `to_text(Timestamp)` wrote; nullopt for anything else.
std::optional<Timestamp> timestamp_from_text(std::string_view text);

/// Reads what `to_text(LocalTime)` wrote; nullopt for anything else.
std::optional<LocalTime> local_time_from_text(std::string_view text);

/// Reads what `to_text(Date)` wrote; nullopt for anything else.
std::optional<Date> date_from_text(std::string_view text);

/// An IANA time zone. Cheap to copy; the zone data lives as long as the program.
class TimeZone {
public:
    /// UTC.
    TimeZone() = default;

    /// nullopt when the zone data has no zone of this name.
    static std::optional<TimeZone> find(std::string_view name);

    /// The moment of a local time. A local time that occurs twice means the first occurrence; one
    /// that the zone skips is moved forward by the length of the gap.
    [[nodiscard]] Timestamp to_utc(LocalTime local) const;

    /// The local time at a moment.
    [[nodiscard]] LocalTime to_local(Timestamp moment) const;

    /// The local calendar day at a moment.
    [[nodiscard]] Date day_of(Timestamp moment) const;

    /// The local time at a moment, to the second: `YYYY-MM-DD HH:MM:SS`.
    [[nodiscard]] std::string local_text(Timestamp moment) const;

    [[nodiscard]] std::string name() const;

private:
    std::string_view m_name = "UTC";
    const ZoneData* m_zone = nullptr; // null: UTC
};

/// A correction of the zone in which local times are read.
struct ZoneCorrection {
    TimeZone from;
    TimeZone to;

    /// What a moment becomes that was read in the wrong zone: its local time stays.
    [[nodiscard]] Timestamp apply(Timestamp moment) const {
        return to.to_utc(from.to_local(moment));
    }
};

/// Reads a date of an HTTP header in any of the three formats; nullopt for anything else.
std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view value);

} // namespace tidemark
