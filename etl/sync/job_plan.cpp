#include "sync/job_plan.hpp"

#include "sync/watermark.hpp"

#include <algorithm>
#include <utility>

namespace tidemark {
namespace {

constexpr std::int64_t most_stopped_reads = 6; // at least every seventh is whole

/// As an earlier version left it after an execution that was dated ahead, or with a clock that was.
bool is_ahead(const WatermarkRow& watermark, Timestamp now) {
    const auto ahead = [now](const auto& moment) { return moment && *moment > now; };
    return ahead(watermark.loaded_through) || ahead(watermark.read_through) ||
           ahead(watermark.whole_through);
}

/// Whether a record was rejected of which not even the id can be read: it may be any execution.
bool has_nameless(const std::vector<KnownRejection>& rejections) {
    return std::any_of(rejections.begin(), rejections.end(),
                       [](const KnownRejection& rejection) { return !rejection.execution_id; });
}

} // namespace

JobPlan plan_job(const Job& job, Key job_key, JobHistory history, std::chrono::seconds lookback,
                 bool full, Timestamp now) {
    if (history.watermark && is_ahead(*history.watermark, now)) history.watermark.reset();
    JobPlan plan{.job = job, .job_key = job_key, .history = std::move(history), .now = now};
    if (!full && !has_nameless(plan.history.rejections))
        plan.compare_from = compare_from(plan.history.watermark, lookback);
    for (const KnownExecution& pending : plan.history.pending) {
        plan.always_compared.insert(pending.id);
    }
    for (const KnownRejection& rejection : plan.history.rejections) {
        if (rejection.execution_id) plan.always_compared.insert(*rejection.execution_id);
    }
    return plan;
}

std::optional<Timestamp> stop_before(const JobHistory& history, std::chrono::seconds lookback) {
    const auto& watermark = history.watermark;
    const bool newest_first = watermark && watermark->body_order == BodyOrder::newest_first;
    if (!newest_first || !watermark->loaded_through) return std::nullopt;
    if (has_nameless(history.rejections)) return std::nullopt;
    if (history.stopped_reads >= most_stopped_reads) return std::nullopt;
    return *watermark->loaded_through - lookback;
}

StopRule stop_rule(const JobHistory& history, Timestamp before, const std::vector<Guid>& recent) {
    StopRule rule{.before = before, .must_be_seen = {recent.begin(), recent.end()}};
    Timestamp oldest = Timestamp::min(); // that is still in the body
    if (history.watermark)
        oldest = history.watermark->oldest_available_at.value_or(Timestamp::min());
    std::unordered_set<Guid> pending_ids;
    for (const KnownExecution& pending : history.pending) {
        pending_ids.insert(pending.id);
        const bool purged = pending.created_at < oldest;
        const bool waited_for = pending.incomplete && !pending.lost_since && !purged;
        if (holds_watermark(pending) || waited_for) rule.must_be_seen.insert(pending.id);
    }
    for (const KnownRejection& rejection : history.rejections) {
        // of one that is stored in part its own times tell; any other is older than its first sight
        const bool purged = rejection.first_seen_at < oldest;
        if (!rejection.execution_id || purged || pending_ids.contains(*rejection.execution_id))
            continue;
        rule.must_be_seen.insert(*rejection.execution_id);
    }
    return rule;
}

BodyVersion stored_version(const JobHistory& history, const std::string& read_settings) {
    const auto& watermark = history.watermark;
    if (!watermark || watermark->open_executions > 0) return {};
    if (watermark->read_settings != read_settings) return {};
    return {watermark->etag.value_or(""), watermark->last_modified.value_or("")};
}

bool is_unchanged(const JobPlan& plan, const KnownExecution& known, const Execution& received) {
    const std::string& zone =
        known.source_timezone ? *known.source_timezone : plan.earlier_timezone;
    return known.content_hash == received.content_hash && known.state == received.state &&
           known.incomplete == received.incomplete && !known.lost_since &&
           (known.doubtful_after || !received.doubtful_after) &&
           (zone.empty() || zone == plan.timezone);
}

} // namespace tidemark
