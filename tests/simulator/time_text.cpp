#include "simulator/time_text.hpp"

#include <date/tz.h>
#include <fmt/format.h>

#include <array>
#include <cstdlib>

namespace simulator {
namespace {

using namespace std::chrono;

std::string suffix_of(const BodyOptions& options) {
    if (options.time == TimeForm::z) return "Z";
    if (options.time != TimeForm::offset) return "";
    const auto minutes = std::abs(options.offset.count());
    return fmt::format("{}{:02}:{:02}", options.offset.count() < 0 ? '-' : '+', minutes / 60,
                       minutes % 60);
}

void put_pair(char* at, std::uint64_t number) {
    at[0] = static_cast<char>('0' + number / 10);
    at[1] = static_cast<char>('0' + number % 10);
}

void append_clock(std::string& out, std::uint64_t second_of_day) {
    char text[] = "00:00:00";
    put_pair(text, second_of_day / 3600);
    put_pair(text + 3, second_of_day / 60 % 60);
    put_pair(text + 6, second_of_day % 60);
    out.append(text, 8);
}

} // namespace

TimeText::TimeText(const BodyOptions& options)
    : m_fraction(options.fraction), m_suffix(suffix_of(options)) {
    if (options.time == TimeForm::offset) m_offset = options.offset;
    if (options.time != TimeForm::zone) return;
    m_zone = date::locate_zone(options.zone);
    m_offset_until = Moment::min();
}

void TimeText::append(std::string& out, Moment moment) {
    const Moment local = moment + offset_at(moment);
    const auto day = floor<days>(local);
    const auto since = static_cast<std::uint64_t>((local - day).count());
    append_day(out, day);
    append_clock(out, since / 1'000'000'000);
    append_fraction(out, since % 1'000'000'000);
    out += m_suffix;
}

nanoseconds TimeText::offset_at(Moment moment) {
    if (moment < m_offset_from || moment >= m_offset_until) {
        const auto info = m_zone->get_info(floor<seconds>(moment));
        // the zone's bounds may lie beyond what nanoseconds can count
        m_offset_from = Moment{std::max(info.begin, floor<seconds>(moment) - days{1})};
        m_offset_until = Moment{std::min(info.end, floor<seconds>(moment) + days{1})};
        m_offset = info.offset;
    }
    return m_offset;
}

void TimeText::append_day(std::string& out, sys_days day) {
    if (day != m_day || m_day_text.empty()) {
        m_day = day;
        const year_month_day date{day};
        m_day_text =
            fmt::format("{:04}-{:02}-{:02}T", static_cast<int>(date.year()),
                        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    }
    out += m_day_text;
}

void TimeText::append_fraction(std::string& out, std::uint64_t nanoseconds) const {
    std::array<char, 10> text;
    text[0] = '.';
    for (std::size_t i = 9; i > 0; --i, nanoseconds /= 10) {
        text[i] = static_cast<char>('0' + nanoseconds % 10);
    }
    std::size_t digits = m_fraction.value_or(9);
    while (!m_fraction && digits > 0 && text[digits] == '0')
        --digits;
    if (digits > 0) out.append(text.data(), digits + 1);
}

} // namespace simulator
