#include "warehouse/values.hpp"

#include "error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace tidemark {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

char* put_byte(char* to, std::uint8_t byte) {
    *to++ = hex_digits[byte >> 4U];
    *to++ = hex_digits[byte & 0xFU];
    return to;
}

/// Writes `value` in so many digits, filled up with zeros from the left.
char* put_number(char* to, unsigned value, int width) {
    for (int i = width - 1; i >= 0; --i) {
        to[i] = static_cast<char>('0' + value % 10);
        value /= 10;
    }
    return to + width;
}

char* put_day(char* to, Date day) {
    const std::chrono::year_month_day date{day};
    const int year = static_cast<int>(date.year());
    if (year < 1 || year > 9999) throw Error("a moment lies outside of the years 1 to 9999");
    to = put_number(to, static_cast<unsigned>(year), 4);
    *to++ = '-';
    to = put_number(to, static_cast<unsigned>(date.month()), 2);
    *to++ = '-';
    return put_number(to, static_cast<unsigned>(date.day()), 2);
}

} // namespace

std::string to_text(const Value& value) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) return fmt::format("{}", *integer);
    if (const auto* number = std::get_if<double>(&value)) return fmt::format("{}", *number);
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    return {};
}

FixedText<36> text_form(const Guid& guid) {
    FixedText<36> text;
    char* to = text.chars.data();
    for (std::size_t i = 0; i < guid.bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) *to++ = '-';
        to = put_byte(to, guid.bytes[i]);
    }
    return text;
}

FixedText<26> text_form(Timestamp moment) {
    const auto day = std::chrono::floor<std::chrono::days>(moment);
    const auto in_day = static_cast<std::uint64_t>((moment - day).count());
    const auto seconds = static_cast<unsigned>(in_day / 1'000'000);
    FixedText<26> text;
    char* to = put_day(text.chars.data(), day);
    *to++ = ' ';
    to = put_number(to, seconds / 3600, 2);
    *to++ = ':';
    to = put_number(to, seconds / 60 % 60, 2);
    *to++ = ':';
    to = put_number(to, seconds % 60, 2);
    *to++ = '.';
    put_number(to, static_cast<unsigned>(in_day % 1'000'000), 6);
    return text;
}

FixedText<26> text_form(LocalTime shown) { return text_form(Timestamp{shown.time_since_epoch()}); }

FixedText<10> text_form(Date day) {
    FixedText<10> text;
    put_day(text.chars.data(), day);
    return text;
}

Timestamp search_bound(Timestamp moment) {
    using std::chrono::year;
    constexpr Timestamp first{Date{year{1} / 1 / 1}};
    constexpr Timestamp last{Timestamp{Date{year{10000} / 1 / 1}} - std::chrono::microseconds{1}};
    return std::clamp(moment, first, last);
}

} // namespace tidemark
