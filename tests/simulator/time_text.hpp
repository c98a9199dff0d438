#pragma once

#include "simulator/options.hpp"

#include <string>

namespace date {
class time_zone;
}

namespace simulator {

/// Writes moments in one of the forms that bodies use. Remembers the day and the zone's offset of
/// the last one, since the next is rarely far off: one thread at a time.
class TimeText {
public:
    explicit TimeText(const BodyOptions& options);

    void append(std::string& out, Moment moment);

private:
    [[nodiscard]] std::chrono::nanoseconds offset_at(Moment moment);
    void append_day(std::string& out, std::chrono::sys_days day);
    void append_fraction(std::string& out, std::uint64_t nanoseconds) const;

    const date::time_zone* m_zone = nullptr;
    std::optional<unsigned> m_fraction;
    std::string m_suffix;
    std::chrono::nanoseconds m_offset{0};
    Moment m_offset_from = Moment::min(); ///< the offset holds from here
    Moment m_offset_until = Moment::max();
    std::chrono::sys_days m_day{};
    std::string m_day_text;
};

} // namespace simulator
