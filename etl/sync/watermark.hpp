#pragma once

#include "warehouse/warehouse.hpp"

#include <chrono>
#include <optional>
#include <span>

namespace tidemark {

/// Whether an execution that is open keeps the watermark from passing it: it was not lost, nor
/// abandoned.
bool holds_watermark(const KnownExecution& execution);

/// Whether an open execution counts as abandoned. "So long" is measured by the job's own clock:
/// the newest moment that its history holds, so that a machine's wrong clock changes nothing.
bool is_abandoned(const KnownExecution& execution, Timestamp newest_in_history,
                  std::chrono::seconds abandoned_after);

/// Executions created before this are not compared again; nullopt: all are.
std::optional<Timestamp> compare_from(const std::optional<WatermarkRow>& watermark,
                                      std::chrono::seconds lookback);

/// The span that is missing between what is stored and what the API still has; nullopt when
/// nothing is. `oldest_is_known`: the oldest execution in the body is one that is stored already.
struct Span {
    Timestamp from;
    Timestamp until;
};
std::optional<Span> missing_span(std::optional<Timestamp> newest_stored,
                                 std::optional<Timestamp> oldest_available, bool oldest_is_known);

} // namespace tidemark
