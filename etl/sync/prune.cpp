#include "sync/prune.hpp"

#include "attribution/fingerprint.hpp"
#include "error.hpp"
#include "platform/interrupt.hpp"
#include "sync/prune_marks.hpp"
#include "sync/state_codes.hpp"
#include "warehouse/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace tidemark {
namespace {

constexpr std::int64_t most_lines_in_a_batch = 50'000;
constexpr std::size_t most_executions_in_a_batch = 2'000;

/// So many are noted at once, before they are looked for again.
constexpr std::size_t most_noted = 200'000;

/// An execution that may be taken away.
struct Prunable {
    Key execution_key = 0;
    Timestamp created_at;
    Timestamp loaded_through;
    std::string source_timezone; ///< empty: its moments carry a zone
    PruneTally tally;
};

Timestamp moment_of(const Row& row, std::string_view column) {
    const auto moment = timestamp_from_text(row.text(column));
    if (!moment)
        throw Error(fmt::format("the view 'prunable_executions' shows no moment as '{}'", column));
    return *moment;
}

bool is_selected(const Row& row, const std::string& organisation, const PruneOptions& options) {
    if (row.text("organisation") != organisation) return false;
    if (!options.states.empty() && !options.states.contains(state_from_text(row.text("state"))))
        return false;
    if (!options.logs_only) return true;
    return row.text("logs_pruned_at_utc").empty() && row.integer("log_count") > 0;
}

/// Hands over each execution that is old enough, with its job's row.
void each_prunable(Warehouse& warehouse, const std::string& organisation,
                   const PruneOptions& options, Timestamp limit,
                   const std::function<void(const Row&, const Prunable&)>& visit) {
    each_row(warehouse, "prunable_executions", [&](const Row& row) {
        stop_if_interrupted();
        if (!is_selected(row, organisation, options)) return;
        const bool has_lines = row.text("logs_pruned_at_utc").empty();
        const Prunable found{
            .execution_key = row.integer("execution_key"),
            .created_at = moment_of(row, "created_at_utc"),
            .loaded_through = moment_of(row, "loaded_through_utc"),
            .source_timezone = std::string{row.text("source_timezone")},
            .tally = {.executions = 1,
                      .log_lines = has_lines ? row.integer("log_count") : 0,
                      .task_runs = options.logs_only ? 0 : row.integer("task_runs")}};
        if (found.created_at < limit) visit(row, found);
    });
}

/// Whether `older_than` leaves to every sync what it compares.
void require_old_enough(const Config& config, const PruneOptions& options) {
    if (options.older_than >= config.sync.lookback) return;
    throw ConfigError("'--older-than' must be at least 'sync.lookback': what is younger is compared"
                      " again by every sync");
}

} // namespace

PruneTally& PruneTally::operator+=(const PruneTally& other) {
    executions += other.executions;
    log_lines += other.log_lines;
    task_runs += other.task_runs;
    return *this;
}

PrunePlan plan_prune(const Config& config, Warehouse& warehouse, const PruneOptions& options,
                     Timestamp now) {
    require_old_enough(config, options);
    const auto latest = warehouse.dimensions(config.source.organisation).latest_sync_at;
    PrunePlan plan{.limit = std::min(now, latest.value_or(now)) - options.older_than};
    std::map<Key, JobPrune> jobs;
    each_prunable(warehouse, config.source.organisation, options, plan.limit,
                  [&](const Row& row, const Prunable& found) {
                      const Key key = row.integer("job_key");
                      JobPrune& job = jobs[key];
                      if (job.tally.executions == 0) {
                          job = {.job_key = key,
                                 .name = row.text("job"),
                                 .job_id = row.text("job_id"),
                                 .before = std::min(plan.limit, found.loaded_through),
                                 .oldest = found.created_at,
                                 .newest = found.created_at};
                      }
                      job.oldest = std::min(job.oldest, found.created_at);
                      if (!found.source_timezone.empty() && found.created_at >= job.newest)
                          job.source_timezone = found.source_timezone;
                      job.newest = std::max(job.newest, found.created_at);
                      job.tally += found.tally;
                  });
    for (auto& [key, job] : jobs) {
        plan.tally += job.tally;
        plan.jobs.push_back(std::move(job));
    }
    return plan;
}

namespace {

/// The state codes of all stored executions; "" when they may have their states by several.
std::string codes_of_history(const Config& config,
                             const std::optional<OrganisationRow>& organisation) {
    const bool is_read_as_today =
        organisation && organisation->read_fingerprint == fingerprint(config.source);
    return is_read_as_today ? codes_of(config.source.states) : std::string{};
}

/// Stores the marks: a sync skips older executions that are not stored. None becomes earlier than
/// it is, and one that holds for every state is replaced for every state.
void mark(const Config& config, Warehouse& writer, const PruneOptions& options,
          const PrunePlan& plan) {
    const auto stored = writer.dimensions(config.source.organisation);
    const std::string earlier_timezone =
        stored.organisation ? stored.organisation->source_timezone.value_or("") : "";
    const std::string codes = codes_of_history(config, stored.organisation);
    Batch batch;
    for (const JobPrune& job : plan.jobs) {
        SourceConfig source = config.source;
        source.timezone = TimeZone::find(job.source_timezone).value_or(source.timezone);
        const PruneMarks marks(writer.history(job.job_key).prune_marks, source, earlier_timezone);
        for (const State state : all_states) {
            const bool is_pruned = options.states.empty() || options.states.contains(state);
            if (!is_pruned && !marks.has_other_codes()) continue;
            const Timestamp before = is_pruned ? job.before : Timestamp::min();
            batch.prune_marks.push_back({.job_key = job.job_key,
                                         .state = state,
                                         .pruned_before = std::max(before, marks.latest(state)),
                                         .source_timezone = source.timezone.name(),
                                         .state_codes = codes});
        }
    }
    writer.write(batch);
}

std::vector<Prunable> noted(Warehouse& reader, const std::string& organisation,
                            const PruneOptions& options, Timestamp limit) {
    std::vector<Prunable> found;
    each_prunable(reader, organisation, options, limit, [&](const Row&, const Prunable& one) {
        if (found.size() < most_noted) found.push_back(one);
    });
    return found;
}

} // namespace

PruneTally prune(const Config& config, Warehouse& writer, Warehouse& reader,
                 const PruneOptions& options, const PrunePlan& plan, Timestamp now,
                 const std::function<void(const PruneTally&)>& done) {
    if (!options.logs_only && !plan.jobs.empty()) mark(config, writer, options, plan);
    PruneTally total;
    for (;;) {
        const auto found = noted(reader, config.source.organisation, options, plan.limit);
        if (found.empty()) return total;
        Pruning batch{.logs_only = options.logs_only, .now = now};
        std::int64_t lines = 0;
        const auto flush = [&] {
            stop_if_interrupted();
            writer.prune(batch);
            batch.executions.clear();
            lines = 0;
            done(total);
        };
        for (const Prunable& one : found) {
            batch.executions.push_back(one.execution_key);
            lines += one.tally.log_lines;
            total += one.tally;
            if (lines >= most_lines_in_a_batch ||
                batch.executions.size() >= most_executions_in_a_batch)
                flush();
        }
        if (!batch.executions.empty()) flush();
    }
}

} // namespace tidemark
