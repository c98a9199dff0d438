#include "simulator/moment.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace simulator {
namespace {

using namespace std::chrono;

/// What is left of a text that is read from the front.
struct Reader {
    std::string_view rest;
    bool failed = false;

    bool consume(char c) {
        const bool there = !rest.empty() && rest.front() == c;
        if (there) rest.remove_prefix(1);
        return there;
    }

    void expect(char c) { failed |= !consume(c); }

    int number(std::size_t digits) {
        if (rest.size() < digits) failed = true;
        if (failed) return 0;
        int value = 0;
        for (const char c : rest.substr(0, digits)) {
            failed |= c < '0' || c > '9';
            value = value * 10 + (c - '0');
        }
        rest.remove_prefix(digits);
        return value;
    }
};

nanoseconds read_fraction(Reader& reader) {
    nanoseconds value{0};
    auto unit = nanoseconds{100'000'000};
    while (!reader.failed && !reader.rest.empty() && reader.rest.front() != 'Z') {
        value += reader.number(1) * unit;
        unit /= 10;
    }
    return value;
}

nanoseconds read_time(Reader& reader) {
    nanoseconds time = hours{reader.number(2)};
    reader.expect(':');
    time += minutes{reader.number(2)};
    if (reader.consume(':')) time += seconds{reader.number(2)};
    if (reader.consume('.')) time += read_fraction(reader);
    reader.consume('Z');
    return time;
}

year_month_day read_date(Reader& reader) {
    const year y{reader.number(4)};
    reader.expect('-');
    const month m{static_cast<unsigned>(reader.number(2))};
    reader.expect('-');
    return y / m / day{static_cast<unsigned>(reader.number(2))};
}

} // namespace

Moment parse_moment(std::string_view text) {
    Reader reader{text};
    const year_month_day date = read_date(reader);
    nanoseconds time{0};
    if (!reader.failed && (reader.consume('T') || reader.consume(' '))) time = read_time(reader);
    if (reader.failed || !reader.rest.empty() || !date.ok() || time >= days{1}) {
        throw std::invalid_argument(
            fmt::format("'{}' is no moment (write 2026-10-09 or 2026-10-09T03:00:00Z)", text));
    }
    return sys_days{date} + time;
}

std::string to_text(Moment moment) {
    const auto day_of = floor<days>(moment);
    const year_month_day date{day_of};
    const hh_mm_ss time{floor<seconds>(moment - day_of)};
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       time.hours().count(), time.minutes().count(), time.seconds().count());
}

} // namespace simulator
