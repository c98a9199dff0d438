#include "sync/plan.hpp"

#include "error.hpp"
#include "sync/state_codes.hpp"
#include "sync/watermark.hpp"
#include "text/did_you_mean.hpp"
#include "text/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace tidemark {
bool BodyWatch::observe(const Guid& id, Timestamp created_at) {
    if (m_last) {
        m_rises = m_rises || created_at > *m_last;
        m_falls = m_falls || created_at < *m_last;
    }
    m_last = created_at;
    if (!m_rule || m_rises) return false;
    observe(id);
    return m_rule->must_be_seen.empty() && created_at < m_rule->before;
}

void BodyWatch::observe(const Guid& id) {
    if (m_rule) m_rule->must_be_seen.erase(id);
}

std::optional<BodyOrder> BodyWatch::order() const {
    if (m_rises && m_falls) return BodyOrder::none;
    if (m_falls) return BodyOrder::newest_first;
    if (m_rises) return BodyOrder::oldest_first;
    return std::nullopt;
}

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

void set_reading(JobPlan& plan, const SourceConfig& source, std::string earlier_timezone) {
    plan.timezone = source.timezone.name();
    plan.earlier_timezone = std::move(earlier_timezone);
    plan.pruned = PruneMarks(plan.history.prune_marks, source, plan.earlier_timezone);
}

bool was_pruned(const JobPlan& plan, Warehouse& stored, const Execution& received) {
    return plan.pruned.cover(received) &&
           stored.held(plan.job_key, std::vector{received.id}).empty();
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
        // an execution that is stored in part was handled above, by its own times; any other is
        // older than the first sight of its record
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

namespace {

/// The zone in which a stored execution was read; empty when its times carry one.
const std::string& zone_of(const JobPlan& plan, const KnownExecution& known) {
    return known.source_timezone ? *known.source_timezone : plan.earlier_timezone;
}

/// Whether this zone is today's, or did not matter.
bool has_todays_zone(const JobPlan& plan, const KnownExecution& known) {
    const std::string& zone = zone_of(plan, known);
    return zone.empty() || zone == plan.timezone;
}

} // namespace

bool is_unchanged(const JobPlan& plan, const KnownExecution& known, const Execution& received) {
    return known.content_hash == received.content_hash && known.state == received.state &&
           known.incomplete == received.incomplete && !known.lost_since &&
           (known.doubtful_after || !received.doubtful_after) && has_todays_zone(plan, known);
}

bool is_later(const JobPlan& plan, const KnownExecution& known, const Execution& received) {
    if (known.job_key != plan.job_key) return false;
    if (!received.ended_at)
        return known.ended_at || (known.lost_since && has_todays_zone(plan, known));
    return known.ended_at && *known.ended_at > *received.ended_at && has_todays_zone(plan, known);
}

std::optional<ZoneCorrection> zone_correction(const JobPlan& plan, const KnownExecution& known,
                                              const Execution& received) {
    const bool needs_zone = !received.source_timezone.value_or("").empty();
    if (!needs_zone || has_todays_zone(plan, known)) return std::nullopt;
    const auto from = TimeZone::find(zone_of(plan, known));
    const auto to = TimeZone::find(plan.timezone);
    if (!from || !to) return std::nullopt;
    return ZoneCorrection{*from, *to};
}

bool is_unchanged(const JobPlan& plan, const KnownExecution& known, std::uint64_t bytes_hash) {
    return known.reading && known.reading->bytes_hash == bytes_hash &&
           known.job_key == plan.job_key && !known.open && !known.incomplete && !known.lost_since &&
           has_todays_zone(plan, known);
}

namespace {

bool matches_any(std::span<const std::string> patterns, const Job& job) {
    return std::any_of(patterns.begin(), patterns.end(),
                       [&](const std::string& pattern) { return matches_job(pattern, job); });
}

std::vector<std::string> names_of(std::span<const Job> jobs) {
    std::vector<std::string> names;
    for (const Job& job : jobs)
        names.push_back(job.name);
    return names;
}

bool fits_any(const std::string& pattern, std::span<const Job> jobs) {
    return std::any_of(jobs.begin(), jobs.end(),
                       [&](const Job& job) { return matches_job(pattern, job); });
}

} // namespace

std::vector<Job> wanted_jobs(std::span<const Job> jobs, const SyncConfig& config) {
    std::vector<Job> wanted;
    for (const Job& job : jobs) {
        if (!config.include.empty() && !matches_any(config.include, job)) continue;
        if (!matches_any(config.exclude, job)) wanted.push_back(job);
    }
    return wanted;
}

std::vector<std::string> idle_patterns(std::span<const Job> jobs, const SyncConfig& config) {
    std::vector<std::string> lines;
    for (const auto& [key, patterns] :
         {std::pair{"include", &config.include}, std::pair{"exclude", &config.exclude}}) {
        for (const std::string& pattern : *patterns) {
            if (fits_any(pattern, jobs)) continue;
            lines.push_back(fmt::format("'{}' in 'sync.{}' fits none of the jobs; 'tidemark jobs' "
                                        "lists what there is",
                                        pattern, key));
        }
    }
    return lines;
}

std::optional<std::string> nothing_wanted(std::span<const Job> jobs, const SyncConfig& config) {
    if (jobs.empty()) {
        return "the API lists no job at all; check 'source.base_url', and whose key it is and what "
               "it may see";
    }
    if (!wanted_jobs(jobs, config).empty()) return std::nullopt;
    return fmt::format("'sync.include' and 'sync.exclude' leave none of the {} jobs that the API "
                       "lists; 'tidemark jobs' lists them",
                       jobs.size());
}

std::vector<Job> picked_jobs(std::span<const Job> jobs, std::span<const std::string> patterns) {
    for (const std::string& pattern : patterns) {
        if (!fits_any(pattern, jobs)) {
            throw ConfigError(
                fmt::format("no job has the name or id '{}'{}; 'tidemark jobs' lists what there is",
                            pattern, did_you_mean(pattern, names_of(jobs))));
        }
    }
    std::vector<Job> picked;
    for (const Job& job : jobs) {
        if (patterns.empty() || matches_any(patterns, job)) picked.push_back(job);
    }
    return picked;
}

namespace {

/// To be raised when a sync makes something else of the same bytes.
constexpr int parser_version = 4;

} // namespace

std::uint64_t reading_seed(const SourceConfig& source) {
    const std::string settings =
        fmt::format("{}\n{}\n{}", parser_version, source.timezone.name(), codes_of(source.states));
    return hash_of(settings);
}

std::string read_settings(const Config& config, std::string_view archive_mark) {
    const SourceConfig& source = config.source;
    std::string settings =
        fmt::format("{}\n{}\n{}\n{}\n{}\n{} {}", parser_version, source.base_url,
                    source.timezone.name(), codes_of(source.states), source.max_execution_bytes,
                    config.sync.lookback.count(), config.sync.abandoned_after.count());
    if (!archive_mark.empty()) settings += fmt::format("\n{}", archive_mark);
    return hash_text(settings);
}

} // namespace tidemark
