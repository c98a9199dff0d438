#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace tidemark {

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

} // namespace tidemark
