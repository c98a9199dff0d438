#include "warehouse/text_form.hpp"

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

constexpr Date first_day{std::chrono::year{1} / 1 / 1};
constexpr Date last_day{std::chrono::year{9999} / 12 / 31};
constexpr Timestamp first_moment{first_day};
constexpr Timestamp last_moment{Timestamp{last_day + std::chrono::days{1}} -
                                std::chrono::microseconds{1}};

char* put_day(char* to, Date day) {
    const std::chrono::year_month_day date{std::clamp(day, first_day, last_day)};
    to = put_number(to, static_cast<unsigned>(static_cast<int>(date.year())), 4);
    *to++ = '-';
    to = put_number(to, static_cast<unsigned>(date.month()), 2);
    *to++ = '-';
    return put_number(to, static_cast<unsigned>(date.day()), 2);
}

} // namespace

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
    moment = std::clamp(moment, first_moment, last_moment);
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

FixedText<10> text_form(Date day) {
    FixedText<10> text;
    put_day(text.chars.data(), day);
    return text;
}

} // namespace tidemark
