#pragma once

#include "sync/queue.hpp"
#include "warehouse/warehouse.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace tidemark {

/// A span of a job's history, without its two ends.
struct Span {
    Timestamp from;
    Timestamp until;

    bool operator==(const Span&) const = default;
};

/// Whether the watermark may not pass an execution: it is open, and neither lost nor abandoned.
bool holds_watermark(const KnownExecution& execution);

/// Whether an execution has been open for longer than `abandoned_after`, relative to the newest
/// moment in its job's history. So the machine's clock does not matter, and the result for old
/// history does not depend on when it is loaded.
bool is_abandoned(const KnownExecution& execution, Timestamp newest_in_history,
                  std::chrono::seconds abandoned_after);

/// Executions created before this moment are not compared again; nullopt: all are. It is relative
/// to the last whole reading of the body: executions that a stopped transfer skipped are compared
/// by the next whole reading.
std::optional<Timestamp> compare_from(const std::optional<WatermarkRow>& watermark,
                                      std::chrono::seconds lookback);

/// The span that the API dropped before it was loaded: from `watermark->read_through` to the oldest
/// execution that the API still has. nullopt when nothing is missing.
std::optional<Span> missing_span(const std::optional<WatermarkRow>& watermark,
                                 std::optional<Timestamp> oldest_available);

/// Returns the row with the columns about the body: after a whole reading its properties; after a
/// stopped reading those from `before`, without a version, because the rest of the body may differ
/// from what is stored.
WatermarkRow remembering_body(WatermarkRow row, const std::optional<WatermarkRow>& before,
                              const JobEnd& end, const std::string& read_settings);

/// The consequences of a body's end for its job.
struct Conclusion {
    std::vector<ExecutionMark> marks;     ///< executions that are newly lost or abandoned
    std::int64_t open = 0;                ///< executions for which the watermark waits
    std::int64_t lost = 0;                ///< among the marks
    std::int64_t abandoned = 0;           ///< among the marks
    std::optional<Timestamp> oldest_held; ///< the oldest of them; `loaded_through` stays before it
    std::optional<Span> missing;
};

/// `before` is the history when the sync began, `now` the history after the body was stored.
/// `sync_started_at` is the date of the marks.
Conclusion conclude(const JobHistory& before, const JobHistory& now, const BodySummary& body,
                    Timestamp sync_started_at, std::chrono::seconds abandoned_after);

} // namespace tidemark
