#pragma once

#include <cstdint>

namespace simulator {

/// The finalizer of splitmix64: every bit of the result depends on every bit of `x`.
constexpr std::uint64_t mix(std::uint64_t x) {
    x += 0x9E3779B97F4A7C15U;
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
    x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
    return x ^ (x >> 31U);
}

/// A number that depends on all of the given ones and on their order: what stands in for chance.
template <typename... Numbers> constexpr std::uint64_t hash_of(Numbers... numbers) {
    std::uint64_t hash = 0;
    ((hash = mix(hash ^ static_cast<std::uint64_t>(numbers))), ...);
    return hash;
}

/// A number of 0 to `limit` - 1; 0 when `limit` is 0.
constexpr std::uint64_t below(std::uint64_t hash, std::uint64_t limit) {
    return limit == 0 ? 0 : hash % limit;
}

} // namespace simulator
