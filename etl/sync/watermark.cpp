#include "sync/watermark.hpp"

#include <algorithm>
#include <unordered_set>

namespace tidemark {
namespace {

/// The job's own clock: the newest moment that its history holds, but nothing in the future;
/// nullopt when it holds no other.
std::optional<Timestamp> newest_in_history(const JobHistory& history, const BodySummary& body,
                                           Timestamp now) {
    const auto newest = std::max(body.newest_moment, history.newest_created_at);
    return newest ? std::optional{std::min(*newest, now)} : std::nullopt;
}

/// The executions that were open before and are not in the body any more.
std::unordered_set<Guid> vanished(const JobHistory& before, const BodySummary& body) {
    std::unordered_set<Guid> ids;
    for (const KnownExecution& execution : before.pending) {
        if (!body.pending_seen.contains(execution.id)) ids.insert(execution.id);
    }
    return ids;
}

std::optional<std::string> unless_empty(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional{text};
}

} // namespace

bool holds_watermark(const KnownExecution& execution) {
    return execution.open && !execution.lost_since && !execution.abandoned_since;
}

bool is_abandoned(const KnownExecution& execution, Timestamp newest_in_history,
                  std::chrono::seconds abandoned_after) {
    return execution.open && newest_in_history - execution.created_at > abandoned_after;
}

std::optional<Timestamp> compare_from(const std::optional<WatermarkRow>& watermark,
                                      std::chrono::seconds lookback) {
    if (!watermark || !watermark->loaded_through) return std::nullopt;
    const Timestamp loaded = *watermark->loaded_through;
    return std::min(loaded, watermark->whole_through.value_or(loaded)) - lookback;
}

std::optional<Span> missing_span(const std::optional<WatermarkRow>& watermark,
                                 std::optional<Timestamp> oldest_available) {
    if (!watermark || !watermark->read_through || !oldest_available) return std::nullopt;
    if (*oldest_available <= *watermark->read_through) return std::nullopt;
    return Span{*watermark->read_through, *oldest_available};
}

WatermarkRow remembering_body(WatermarkRow row, const std::optional<WatermarkRow>& before,
                              const JobEnd& end, const std::string& read_settings) {
    if (end.body.reading == BodyReading::stopped && before) {
        row.oldest_available_at = before->oldest_available_at;
        row.body_order = before->body_order;
        row.whole_through = before->whole_through;
        row.rejected_beyond = before->rejected_beyond;
        if (end.archive_mark) row.read_settings = read_settings;
        return row;
    }
    row.rejected_beyond = end.body.rejected.beyond_digest();
    row.oldest_available_at = end.body.oldest_created_at;
    row.body_order = end.body.order;
    row.whole_through = row.loaded_through;
    row.etag = unless_empty(end.version.tag);
    row.last_modified = unless_empty(end.version.date);
    if (!end.version.empty() || end.archive_mark) row.read_settings = read_settings;
    return row;
}

Conclusion conclude(const JobHistory& before, const JobHistory& now, const BodySummary& body,
                    Timestamp sync_started_at, std::chrono::seconds abandoned_after) {
    Conclusion conclusion;
    if (body.held_later == 0 && !body.overlaps)
        conclusion.missing = missing_span(before.watermark, body.oldest_created_at);
    const auto newest = newest_in_history(now, body, sync_started_at);
    const auto gone = body.is_past ? std::unordered_set<Guid>{} : vanished(before, body);
    for (const KnownExecution& execution : now.pending) {
        if (!holds_watermark(execution)) continue;
        ExecutionMark mark{.execution_key = execution.execution_key, .changed_at = sync_started_at};
        if (gone.contains(execution.id)) {
            mark.lost_since = sync_started_at;
            ++conclusion.lost;
        } else if (newest && is_abandoned(execution, *newest, abandoned_after)) {
            mark.abandoned_since = sync_started_at;
            ++conclusion.abandoned;
        } else {
            ++conclusion.open;
            auto& oldest = conclusion.oldest_held;
            oldest = oldest ? std::min(*oldest, execution.created_at) : execution.created_at;
            continue;
        }
        conclusion.marks.push_back(mark);
    }
    return conclusion;
}

} // namespace tidemark
