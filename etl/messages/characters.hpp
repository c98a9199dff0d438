#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

/// What a byte of a message can be part of. Bytes of UTF-8 characters beyond ASCII are letters.
namespace tidemark::bytes {

constexpr std::uint8_t digit = 1;
constexpr std::uint8_t hex = 2;    ///< a hexadecimal digit
constexpr std::uint8_t letter = 4; ///< the underscore too
constexpr std::uint8_t space = 8;
constexpr std::uint8_t not_hex = 16; ///< of a word, but no hexadecimal digit
constexpr std::uint8_t word = digit | letter;

constexpr std::array<std::uint8_t, 256> table = [] {
    std::array<std::uint8_t, 256> kinds{};
    for (std::size_t c = 0; c < kinds.size(); ++c) {
        const bool is_digit = c >= '0' && c <= '9';
        const bool is_hex_letter = (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        const bool is_letter =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
        if (is_digit) kinds[c] = digit | hex;
        if (is_letter) kinds[c] = letter | (is_hex_letter ? hex : not_hex);
        if (c == ' ' || (c >= '\t' && c <= '\r')) kinds[c] = space;
    }
    return kinds;
}();

constexpr std::uint8_t kind(char c) { return table[static_cast<unsigned char>(c)]; }
constexpr bool is(char c, std::uint8_t kinds) { return (kind(c) & kinds) != 0; }

/// The byte at a place, NUL beyond the end.
constexpr char at(std::string_view text, std::size_t place) {
    return place < text.size() ? text[place] : '\0';
}

/// Where the bytes of these kinds that begin at a place end.
constexpr std::size_t end_of(std::string_view text, std::size_t place, std::uint8_t kinds) {
    while (place < text.size() && is(text[place], kinds))
        ++place;
    return place;
}

} // namespace tidemark::bytes
