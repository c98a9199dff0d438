#pragma once

#include "model/timestamp.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace date {
class time_zone;
}

namespace tidemark {

/// An IANA time zone. Cheap to copy; the zone data lives as long as the program.
class TimeZone {
public:
    /// UTC.
    TimeZone() = default;

    /// nullopt when the system's zone data has no zone of this name.
    static std::optional<TimeZone> find(std::string_view name);

    /// The moment of a local wall-clock time. A local time that the zone has twice is the first of
    /// the two; one that the zone skips is moved forward by the length of the gap.
    [[nodiscard]] Timestamp to_utc(std::chrono::local_time<std::chrono::microseconds> local) const;

    /// The calendar day that this zone has at a moment.
    [[nodiscard]] Date day_of(Timestamp moment) const;

    [[nodiscard]] std::string name() const;

private:
    const date::time_zone* m_zone = nullptr; // null: UTC
};

} // namespace tidemark
