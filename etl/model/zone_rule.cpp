#include "model/zone_rule.hpp"

#include <algorithm>

namespace tidemark {
namespace {

using namespace std::chrono;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Reads a rule from its start on. What cannot be read makes it fail, for good.
class RuleReader {
public:
    explicit RuleReader(std::string_view text) : m_rest(text) {}

    [[nodiscard]] bool failed() const { return m_failed; }
    [[nodiscard]] bool at_end() const { return m_rest.empty(); }
    [[nodiscard]] bool is_next(char c) const { return m_rest.starts_with(c); }

    bool consume(char c) {
        if (!is_next(c)) return false;
        m_rest.remove_prefix(1);
        return true;
    }

    void expect(char c) { m_failed = !consume(c) || m_failed; }

    /// `CET` or `<+03>`
    void name() {
        if (consume('<')) {
            const std::size_t end = m_rest.find('>');
            m_failed = m_failed || end == std::string_view::npos;
            m_rest.remove_prefix(std::min(end, m_rest.size()));
            return expect('>');
        }
        const auto letters = static_cast<std::size_t>(
            std::find_if_not(m_rest.begin(), m_rest.end(), is_letter) - m_rest.begin());
        m_failed = m_failed || letters == 0;
        m_rest.remove_prefix(letters);
    }

    unsigned number(unsigned least, unsigned most) {
        unsigned value = 0;
        std::size_t digits = 0;
        for (; !m_rest.empty() && is_digit(m_rest.front()) && digits < 4; ++digits) {
            value = value * 10 + static_cast<unsigned>(m_rest.front() - '0');
            m_rest.remove_prefix(1);
        }
        m_failed = m_failed || digits == 0 || value < least || value > most;
        return value;
    }

    /// `-1`, `5:30`, `167:00:00`
    seconds time() {
        constexpr unsigned most_hours = 167;
        const bool negative = consume('-');
        if (!negative) consume('+');
        seconds time = hours{number(0, most_hours)};
        if (consume(':')) time += minutes{number(0, 59)};
        if (consume(':')) time += seconds{number(0, 59)};
        return negative ? -time : time;
    }

    /// `M3.5.0/2`, `J60`, `59`
    ZoneRule::Moment moment() {
        using Kind = ZoneRule::Moment::Kind;
        ZoneRule::Moment moment{.time = hours{2}};
        if (consume('M')) {
            moment.kind = Kind::weekday;
            moment.month = number(1, 12);
            expect('.');
            moment.week = number(1, 5);
            expect('.');
            moment.day = number(0, 6);
        } else if (consume('J')) {
            moment.kind = Kind::day_without_leap_day;
            moment.day = number(1, 365);
        } else {
            moment.day = number(0, 365);
        }
        if (consume('/')) moment.time = time();
        return moment;
    }

private:
    std::string_view m_rest;
    bool m_failed = false;
};

} // namespace

local_seconds ZoneRule::Moment::in(year of) const {
    const local_days first{of / January / 1};
    switch (kind) {
    case Kind::day: return first + days{day} + time;
    case Kind::day_without_leap_day:
        return first + days{day - 1 + (of.is_leap() && day > 59 ? 1 : 0)} + time;
    case Kind::weekday: break;
    }
    const std::chrono::weekday wanted{day};
    const std::chrono::month in_month{month};
    const local_days found = week == 5 ? local_days{of / in_month / wanted[last]}
                                       : local_days{of / in_month / wanted[week]};
    return found + time;
}

std::optional<ZoneRule> ZoneRule::read(std::string_view text) {
    RuleReader reader{text};
    ZoneRule rule;
    reader.name();
    rule.m_standard = -reader.time(); // which POSIX counts to the west
    if (!reader.at_end() && !reader.failed()) {
        reader.name();
        rule.m_summer = reader.is_next(',') ? rule.m_standard + hours{1} : -reader.time();
        reader.expect(',');
        const Moment start = reader.moment();
        reader.expect(',');
        rule.m_summer_time = std::pair{start, reader.moment()};
    }
    if (reader.failed() || !reader.at_end()) return std::nullopt;
    return rule;
}

std::vector<ZoneRule::Change> ZoneRule::changes_in(year of) const {
    if (!m_summer_time) return {};
    const auto utc = [](local_seconds local, seconds offset) {
        return sys_seconds{local.time_since_epoch() - offset};
    };
    const Change start{utc(m_summer_time->first.in(of), m_standard), m_summer};
    const Change end{utc(m_summer_time->second.in(of), m_summer), m_standard};
    return start.at < end.at ? std::vector{start, end} : std::vector{end, start};
}

} // namespace tidemark
