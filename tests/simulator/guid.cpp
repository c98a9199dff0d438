#include "simulator/guid.hpp"

#include "simulator/hash.hpp"

#include <array>

namespace simulator {
namespace {

constexpr std::array<char, 512> hex_pairs = [] {
    constexpr char digits[] = "0123456789abcdef";
    std::array<char, 512> pairs{};
    for (std::size_t byte = 0; byte < 256; ++byte) {
        pairs[2 * byte] = digits[byte / 16];
        pairs[2 * byte + 1] = digits[byte % 16];
    }
    return pairs;
}();

char* put_bytes(char* at, std::uint64_t half, unsigned first, unsigned count) {
    for (unsigned i = first; i < first + count; ++i) {
        const std::size_t byte = (half >> (56U - 8U * i)) & 0xFFU;
        *at++ = hex_pairs[2 * byte];
        *at++ = hex_pairs[2 * byte + 1];
    }
    return at;
}

char* put_dash(char* at) {
    *at = '-';
    return at + 1;
}

} // namespace

Guid guid_of(std::uint64_t hash) {
    const std::uint64_t high = mix(hash);
    const std::uint64_t low = mix(high ^ hash);
    // version 4, variant 1, as random ids have
    return {(high & ~0xF000ULL) | 0x4000U, (low & ~(3ULL << 62U)) | (2ULL << 62U)};
}

void append(std::string& out, const Guid& guid) {
    std::array<char, 36> text;
    char* at = put_bytes(text.data(), guid.high, 0, 4);
    at = put_bytes(put_dash(at), guid.high, 4, 2);
    at = put_bytes(put_dash(at), guid.high, 6, 2);
    at = put_bytes(put_dash(at), guid.low, 0, 2);
    put_bytes(put_dash(at), guid.low, 2, 6);
    out.append(text.data(), text.size());
}

std::string to_text(const Guid& guid) {
    std::string text;
    append(text, guid);
    return text;
}

} // namespace simulator
