#pragma once

#include "model/execution.hpp"

#include <chrono>

namespace tidemark::test {

/// Midnight of a day by its number.
inline Timestamp day(int number) { return Timestamp{} + std::chrono::days{20000 + number}; }

inline Guid id(int number) {
    Guid id;
    id.bytes[15] = static_cast<std::uint8_t>(number);
    return id;
}

} // namespace tidemark::test
