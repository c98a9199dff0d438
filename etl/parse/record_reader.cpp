#include "parse/record_reader.hpp"

#include "text/utf8.hpp"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cstdint>
#include <utility>

namespace tidemark {
namespace {

using Kind = JsonValue::Kind;

bool is_absent(const JsonValue& value) {
    return value.kind == Kind::missing || value.kind == Kind::null;
}

std::optional<Guid> guid_in(const JsonValue& value) {
    return value.kind == Kind::string ? parse_guid(value.text) : std::nullopt;
}

std::optional<std::int64_t> integer_in(const JsonValue& value) {
    if (value.kind != Kind::number) return std::nullopt;
    std::int64_t number = 0;
    const char* const end = value.text.data() + value.text.size();
    const auto [last, error] = std::from_chars(value.text.data(), end, number);
    if (error != std::errc{} || last != end) return std::nullopt;
    return number;
}

} // namespace

std::string describe(const JsonValue& value) {
    switch (value.kind) {
    case Kind::missing: return "missing";
    case Kind::null: return "null";
    case Kind::container: return value.text.starts_with('{') ? "an object" : "an array";
    case Kind::broken_string: return "text with half of a surrogate pair";
    default: return quoted(value.text);
    }
}

Guid RecordReader::guid(std::string_view member, const JsonValue& value) {
    const auto id = guid_in(value);
    if (!id) reject_as(member, value, "a guid");
    return id.value_or(Guid{});
}

Guid RecordReader::id(std::string_view member, const JsonValue& value) {
    const Guid id = guid(member, value);
    if (id.is_nil() && guid_in(value)) reject_as(member, value, "an id: it is the empty guid");
    return id;
}

std::optional<Guid> RecordReader::optional_guid(std::string_view member, const JsonValue& value) {
    if (is_absent(value)) return std::nullopt;
    const Guid id = guid(member, value);
    if (id.is_nil()) return std::nullopt;
    return id;
}

std::optional<ApiTime> RecordReader::time(const JsonValue& value) {
    if (value.kind != Kind::string) return std::nullopt;
    const auto time = parse_api_time(value.text, *m_zone);
    m_needed_zone = m_needed_zone || (time && time->by_zone);
    return time;
}

Timestamp RecordReader::moment(std::string_view member, const JsonValue& value) {
    const auto time = this->time(value);
    if (!time || !time->moment) reject_as(member, value, "a time");
    return time && time->moment ? *time->moment : Timestamp{};
}

std::optional<Timestamp> RecordReader::optional_moment(std::string_view member,
                                                       const JsonValue& value) {
    if (is_absent(value)) return std::nullopt;
    const auto time = this->time(value);
    if (!time) reject_as(member, value, "a time");
    return time ? time->moment : std::nullopt;
}

std::int64_t RecordReader::integer(std::string_view member, const JsonValue& value) {
    const auto number = integer_in(value);
    if (!number) reject_as(member, value, "an integer");
    return number.value_or(0);
}

std::optional<std::string> RecordReader::optional_text(std::string_view member,
                                                       const JsonValue& value) {
    if (is_absent(value)) return std::nullopt;
    if (value.kind == Kind::broken_string) return storable_unescaped(value.text);
    if (value.kind != Kind::string) reject_as(member, value, "text");
    if (value.text.find('\0') != std::string_view::npos) return storable(value.text);
    return std::string{value.text};
}

void RecordReader::expect_array(std::string_view member, const JsonValue& value) {
    const bool is_array = value.kind == Kind::container && value.text.starts_with('[');
    if (!is_array && !is_absent(value)) reject_as(member, value, "an array");
}

void RecordReader::reject(std::string_view member, std::string reason) {
    if (!m_fault) m_fault = MemberFault{std::string{member}, std::move(reason)};
}

void RecordReader::reject_as(std::string_view member, const JsonValue& value,
                             std::string_view expected) {
    if (m_fault) return;
    reject(member, fmt::format("{} is {}, not {}", member, describe(value), expected));
}

namespace {

using std::chrono::microseconds;

constexpr std::size_t seconds_end = 19; // of `YYYY-MM-DDTHH:MM:SS`

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The number that `length` digits at `at` make; -1 when something else stands there.
int number_at(std::string_view text, std::size_t at, std::size_t length) {
    if (text.size() < at + length) return -1;
    int value = 0;
    for (const char c : text.substr(at, length)) {
        if (!is_digit(c)) return -1;
        value = value * 10 + (c - '0');
    }
    return value;
}

bool is_punctuated(std::string_view text) {
    return text.size() >= seconds_end && text[4] == '-' && text[7] == '-' &&
           (text[10] == 'T' || text[10] == 't' || text[10] == ' ') && text[13] == ':' &&
           text[16] == ':';
}

std::optional<Date> day_at_start(std::string_view text) {
    const int year = number_at(text, 0, 4);
    const int month = number_at(text, 5, 2);
    const int day = number_at(text, 8, 2);
    if (year < 1 || month < 1 || day < 1) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{year},
                                           std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok()) return std::nullopt;
    return Date{date};
}

std::optional<std::chrono::seconds> time_of_day(std::string_view text) {
    const int hour = number_at(text, 11, 2);
    const int minute = number_at(text, 14, 2);
    const int second = number_at(text, 17, 2);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
        return std::nullopt;
    }
    return std::chrono::hours{hour} + std::chrono::minutes{minute} + std::chrono::seconds{second};
}

/// How much of the text is `.` and digits.
std::size_t fraction_length(std::string_view text) {
    if (!text.starts_with('.')) return 0;
    std::size_t length = 1;
    while (length < text.size() && is_digit(text[length]))
        ++length;
    return length;
}

/// `.5` is half a second. Digits after the sixth are cut off.
microseconds fraction(std::string_view text) {
    std::int64_t value = 0;
    for (std::size_t i = 1; i <= 6; ++i)
        value = value * 10 + (i < text.size() ? text[i] - '0' : 0);
    return microseconds{value};
}

/// `+02`, `+0200` or `+02:00`, at most 18 hours.
std::optional<std::chrono::minutes> offset(std::string_view text) {
    if (!text.starts_with('+') && !text.starts_with('-')) return std::nullopt;
    const bool colon = text.size() == 6 && text[3] == ':';
    if (text.size() != 3 && text.size() != 5 && !colon) return std::nullopt;
    const int hours = number_at(text, 1, 2);
    const int minutes = text.size() == 3 ? 0 : number_at(text, colon ? 4 : 3, 2);
    if (hours < 0 || minutes < 0 || minutes > 59) return std::nullopt;
    const std::chrono::minutes length = std::chrono::hours{hours} + std::chrono::minutes{minutes};
    if (length > std::chrono::hours{18}) return std::nullopt;
    return text.front() == '-' ? -length : length;
}

/// The moment of a wall-clock time, by what stands after it.
std::optional<Timestamp> moment_of(Timestamp local, std::string_view suffix, const TimeZone& zone) {
    if (suffix.empty()) {
        return zone.to_utc(std::chrono::local_time<microseconds>{local.time_since_epoch()});
    }
    if (suffix == "Z" || suffix == "z") return local;
    const auto east = offset(suffix);
    if (!east) return std::nullopt;
    return local - *east;
}

} // namespace

std::optional<ApiTime> parse_api_time(std::string_view text, const TimeZone& zone) {
    if (!is_punctuated(text)) return std::nullopt;
    const auto day = day_at_start(text);
    const auto time = time_of_day(text);
    const std::string_view rest = text.substr(seconds_end);
    const std::size_t length = fraction_length(rest);
    if (!day || !time || length == 1) return std::nullopt;
    const Timestamp local = Timestamp{*day} + *time + fraction(rest.substr(0, length));
    const auto moment = moment_of(local, rest.substr(length), zone);
    if (!moment) return std::nullopt;
    if (!is_storable(local) || !is_storable(*moment)) return ApiTime{};
    return ApiTime{*moment, rest.size() == length};
}

} // namespace tidemark
