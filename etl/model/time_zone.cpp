#include "model/time_zone.hpp"

#include <date/tz.h>

#include <stdexcept>

namespace tidemark {

std::optional<TimeZone> TimeZone::find(std::string_view name) {
    TimeZone zone;
    if (name == "UTC") return zone;
    try {
        zone.m_zone = date::locate_zone(name);
    } catch (const std::runtime_error&) {
        return std::nullopt;
    }
    return zone;
}

Timestamp TimeZone::to_utc(std::chrono::local_time<std::chrono::microseconds> local) const {
    const auto count = local.time_since_epoch();
    if (m_zone == nullptr) return Timestamp{count};
    // The offset before a gap carries a skipped time forward by the length of the gap; before an
    // overlap it is that of the first of the two.
    const auto info = m_zone->get_info(date::local_time<std::chrono::microseconds>{count});
    return Timestamp{count - info.first.offset};
}

Date TimeZone::day_of(Timestamp moment) const {
    const auto day_of_count = [](auto count) {
        return Date{std::chrono::floor<std::chrono::days>(Timestamp{count})};
    };
    const auto count = moment.time_since_epoch();
    if (m_zone == nullptr) return day_of_count(count);
    const auto info = m_zone->get_info(date::sys_time<std::chrono::microseconds>{count});
    return day_of_count(count + info.offset);
}

std::string TimeZone::name() const { return m_zone == nullptr ? "UTC" : m_zone->name(); }

} // namespace tidemark
