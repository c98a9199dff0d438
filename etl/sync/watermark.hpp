#pragma once

#include "sync/queue.hpp"
#include "warehouse/warehouse.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace tidemark {

/// A stretch of a job's history, both ends excluded.
struct Span {
    Timestamp from;
    Timestamp until;

    bool operator==(const Span&) const = default;
};

/// Whether an execution keeps the watermark from passing it: it is open, and neither lost nor
/// abandoned.
bool holds_watermark(const KnownExecution& execution);

/// Whether an open execution has been open for longer than `abandoned_after`, by the job's own
/// clock: the newest moment that its history holds. So a machine's wrong clock changes nothing, and
/// history that is loaded years later is judged as it stood.
bool is_abandoned(const KnownExecution& execution, Timestamp newest_in_history,
                  std::chrono::seconds abandoned_after);

/// Executions created before this need not be compared again; nullopt: all must be. It counts from
/// when the body was last read whole: what a stopped transfer left out is compared by the next
/// whole one.
std::optional<Timestamp> compare_from(const std::optional<WatermarkRow>& watermark,
                                      std::chrono::seconds lookback);

/// What the API dropped before it was loaded: it was read through `watermark->read_through`, and
/// now begins at a younger execution. Nullopt when nothing is missing.
std::optional<Span> missing_span(const std::optional<WatermarkRow>& watermark,
                                 std::optional<Timestamp> oldest_available);

/// The row with what is remembered of the body. Of one that was read whole that is how it came; of
/// one that was stopped it is what was known `before`, but no version: what was left out of it may
/// differ from what is stored.
WatermarkRow remembering_body(WatermarkRow row, const std::optional<WatermarkRow>& before,
                              const JobEnd& end, const std::string& read_settings);

/// What the end of a body means for its job.
struct Conclusion {
    std::vector<ExecutionMark> marks;     ///< executions that are lost or abandoned from now on
    std::int64_t open = 0;                ///< that hold the watermark
    std::int64_t lost = 0;                ///< among the marks
    std::int64_t abandoned = 0;           ///< among the marks
    std::optional<Timestamp> oldest_held; ///< `loaded_through` must stay before it
    std::optional<Span> missing;
};

/// `before` is what was stored when the sync began, `now` what is stored after the body's
/// executions were; marks are dated `sync_started_at`.
Conclusion conclude(const JobHistory& before, const JobHistory& now, const BodySummary& body,
                    Timestamp sync_started_at, std::chrono::seconds abandoned_after);

} // namespace tidemark
