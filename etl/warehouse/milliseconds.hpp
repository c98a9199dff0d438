#pragma once

#include "model/execution.hpp"

#include <chrono>
#include <cstdint>
#include <optional>

namespace tidemark {

/// The whole milliseconds from one moment to another, as the `duration_ms` columns hold them; null
/// when either is, and when the end stands before the start.
inline std::optional<std::int64_t> milliseconds_between(std::optional<Timestamp> from,
                                                        std::optional<Timestamp> to) {
    if (!from || !to || *to < *from) return std::nullopt;
    return std::chrono::duration_cast<std::chrono::milliseconds>(*to - *from).count();
}

/// How long an execution took; null also when its start or its end is not believed.
inline std::optional<std::int64_t> duration_ms(const Execution& execution) {
    if (!execution.believes(execution.created_at)) return std::nullopt;
    if (execution.ended_at && !execution.believes(*execution.ended_at)) return std::nullopt;
    return milliseconds_between(execution.created_at, execution.ended_at);
}

} // namespace tidemark
