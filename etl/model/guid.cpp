#include "model/guid.hpp"

#include <array>
#include <cstring>

namespace tidemark {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

constexpr std::uint8_t no_digit = 0x10;

/// What each character is worth as a hexadecimal digit.
constexpr std::array<std::uint8_t, 256> hex_values = [] {
    std::array<std::uint8_t, 256> values{};
    values.fill(no_digit);
    for (const std::string_view digits : {hex_digits, std::string_view{"0123456789ABCDEF"}}) {
        for (std::uint8_t digit = 0; digit < 16; ++digit)
            values[static_cast<unsigned char>(digits[digit])] = digit;
    }
    return values;
}();

std::uint8_t hex_value(char c) { return hex_values[static_cast<unsigned char>(c)]; }

constexpr bool dash_before(std::size_t byte) {
    return byte == 4 || byte == 6 || byte == 8 || byte == 10;
}

} // namespace

std::optional<Guid> parse_guid(std::string_view text) {
    if (text.size() > 2 && text.front() == '{' && text.back() == '}') {
        text = text.substr(1, text.size() - 2);
    }
    if (text.size() != 36 && text.size() != 32) return std::nullopt;
    const bool dashes = text.size() == 36;
    Guid guid;
    std::size_t at = 0;
    for (std::size_t i = 0; i < guid.bytes.size(); ++i) {
        if (dashes && dash_before(i) && text[at++] != '-') return std::nullopt;
        const std::uint8_t high = hex_value(text[at]);
        const std::uint8_t low = hex_value(text[at + 1]);
        if (((high | low) & no_digit) != 0) return std::nullopt;
        guid.bytes[i] = static_cast<std::uint8_t>(high << 4U | low);
        at += 2;
    }
    return guid;
}

std::string to_text(const Guid& guid) {
    std::string text;
    text.reserve(36);
    for (std::size_t i = 0; i < guid.bytes.size(); ++i) {
        if (dash_before(i)) text += '-';
        text += hex_digits[guid.bytes[i] >> 4U];
        text += hex_digits[guid.bytes[i] & 0xFU];
    }
    return text;
}

} // namespace tidemark

std::size_t std::hash<tidemark::Guid>::operator()(const tidemark::Guid& guid) const noexcept {
    std::array<std::uint64_t, 2> halves{};
    std::memcpy(halves.data(), guid.bytes.data(), sizeof halves);
    return static_cast<std::size_t>(halves[0] ^ (halves[1] * 0x9E3779B97F4A7C15U));
}
