#pragma once

#include "model/timestamp.hpp"

#include <chrono>
#include <cstdint>
#include <optional>

namespace tidemark {

/// The whole milliseconds from one moment to another, as the `duration_ms` columns hold them; null
/// when either is.
inline std::optional<std::int64_t> milliseconds_between(std::optional<Timestamp> from,
                                                        std::optional<Timestamp> to) {
    if (!from || !to) return std::nullopt;
    return std::chrono::duration_cast<std::chrono::milliseconds>(*to - *from).count();
}

} // namespace tidemark
