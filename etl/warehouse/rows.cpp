#include "warehouse/rows.hpp"

#include "warehouse/warehouse.hpp"

#include <initializer_list>

namespace tidemark {
namespace {

/// The one of these that is called so.
template <typename Enum>
std::optional<Enum> of_text(std::string_view text, std::initializer_list<Enum> values) {
    for (const Enum value : values) {
        if (to_text(value) == text) return value;
    }
    return std::nullopt;
}

} // namespace

std::string_view to_text(SyncOutcome outcome) {
    switch (outcome) {
    case SyncOutcome::running: return "running";
    case SyncOutcome::succeeded: return "succeeded";
    case SyncOutcome::partial: return "partial";
    case SyncOutcome::interrupted: return "interrupted";
    case SyncOutcome::failed: break;
    }
    return "failed";
}

std::string_view to_text(BodyOrder order) {
    switch (order) {
    case BodyOrder::newest_first: return "newest_first";
    case BodyOrder::oldest_first: return "oldest_first";
    case BodyOrder::none: break;
    }
    return "none";
}

std::optional<BodyOrder> body_order_from_text(std::string_view text) {
    return of_text(text, {BodyOrder::newest_first, BodyOrder::oldest_first, BodyOrder::none});
}

std::string_view to_text(BodyReading reading) {
    switch (reading) {
    case BodyReading::stopped: return "stopped";
    case BodyReading::unchanged: return "unchanged";
    case BodyReading::whole: break;
    }
    return "whole";
}

std::optional<BodyReading> body_reading_from_text(std::string_view text) {
    return of_text(text, {BodyReading::whole, BodyReading::stopped, BodyReading::unchanged});
}

SyncCounts& SyncCounts::operator+=(const SyncCounts& other) {
    executions_new += other.executions_new;
    executions_changed += other.executions_changed;
    executions_unchanged += other.executions_unchanged;
    executions_skipped += other.executions_skipped;
    rejected += other.rejected;
    logs += other.logs;
    bytes += other.bytes;
    return *this;
}

bool Batch::empty() const {
    return organisations.empty() && jobs.empty() && data_sources.empty() &&
           transfer_tasks.empty() && new_executions.empty() && changed_executions.empty() &&
           readings.empty() && marks.empty() && reattributed.empty() && log_shapes.empty() &&
           removed_transfer_tasks.empty() && removed_data_sources.empty() && sync_runs.empty() &&
           sync_jobs.empty() && rejected.empty() && resolved_rejections.empty() && gaps.empty() &&
           watermarks.empty() && shapes.empty() && shape_jobs.empty() && shape_lines.empty() &&
           calendar.empty() && prune_marks.empty() && job_days.empty() && task_days.empty() &&
           source_days.empty() && queued_runs.empty() && alerts.empty() && given_starts.empty() &&
           !starts_given_anew;
}

} // namespace tidemark
