#include "sync/reattribute.hpp"

#include "attribution/fingerprint.hpp"
#include "attribution/task_runs.hpp"
#include "error.hpp"
#include "platform/interrupt.hpp"
#include "sync/keys.hpp"
#include "templates/counts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace tidemark {
namespace {

constexpr std::size_t most_examples = 5;

/// A run before and after; one of the two may be missing.
struct Pair {
    const TaskRun* before = nullptr;
    const TaskRun* after = nullptr;
};

/// Takes the first run out of a list that fits; null when none does.
template <typename Fits>
const TaskRun* extract_first(std::vector<const TaskRun*>& runs, Fits fits) {
    const auto found = std::find_if(runs.begin(), runs.end(), fits);
    if (found == runs.end()) return nullptr;
    const TaskRun* run = *found;
    runs.erase(found);
    return run;
}

std::vector<Pair> pairs_of(std::span<const TaskRunRow> before, std::span<const TaskRunRow> after) {
    std::vector<const TaskRun*> old;
    for (const TaskRunRow& row : before)
        old.push_back(&row.run);
    std::vector<Pair> pairs;
    for (const TaskRunRow& row : after) {
        const TaskRun& run = row.run;
        pairs.push_back({extract_first(old,
                                       [&](const TaskRun* other) {
                                           return other->task == run.task &&
                                                  other->source == run.source;
                                       }),
                         &run});
    }
    for (Pair& pair : pairs) {
        if (pair.before != nullptr) continue;
        pair.before = extract_first(
            old, [&](const TaskRun* other) { return other->task == pair.after->task; });
    }
    for (const TaskRun* run : old)
        pairs.push_back({run, nullptr});
    return pairs;
}

/// What was told of a run; nullopt when nothing was.
std::optional<TaskOutcome> known_outcome(const TaskRun* run) {
    if (run == nullptr || run->outcome == TaskOutcome::unknown) return std::nullopt;
    return run->outcome;
}

void add_outcome(const Pair& pair, const ExecutionName& execution, AttributionChanges& changes) {
    const TaskRun& run = pair.after != nullptr ? *pair.after : *pair.before;
    OutcomeChange change{.job = execution.job,
                         .created_at = execution.created_at,
                         .task = run.task,
                         .source = run.source,
                         .before = known_outcome(pair.before),
                         .after = known_outcome(pair.after)};
    if (change.before == change.after) return;
    OutcomeChanges& kind = !change.before  ? changes.gained
                           : !change.after ? changes.lost
                                           : changes.changed;
    kind.add(std::move(change));
}

} // namespace

void OutcomeChanges::add(OutcomeChange change) {
    ++count;
    if (examples.size() < most_examples) examples.push_back(std::move(change));
}

void compare_runs(std::span<const TaskRunRow> before, std::span<const TaskRunRow> after,
                  const ExecutionName& execution, AttributionChanges& changes) {
    for (const Pair& pair : pairs_of(before, after)) {
        if (pair.before == nullptr) ++changes.runs_appeared;
        if (pair.after == nullptr) ++changes.runs_vanished;
        if (pair.before != nullptr && pair.after != nullptr &&
            pair.before->source != pair.after->source) {
            ++changes.moves[{pair.after->task, pair.before->source, pair.after->source}];
        }
        add_outcome(pair, execution, changes);
    }
}

namespace {

/// A batch is written when it holds so many rows.
constexpr std::size_t rows_in_a_batch = 5'000;

/// Throws Error when nothing was ever stored of the organisation.
Dimensions stored_history(const Config& config, Warehouse& warehouse) {
    Dimensions stored = warehouse.dimensions(config.source.organisation);
    if (stored.organisation) return stored;
    throw Error(fmt::format("'{}' holds nothing of the organisation '{}'; run 'tidemark sync'",
                            warehouse.name(), config.source.organisation));
}

/// The executions that hold a job's watermark, by the states that today's configuration tells.
struct Holding {
    std::int64_t executions = 0;
    Timestamp oldest = Timestamp::max();
    bool differs = false; ///< some execution is open now that was not, or the other way round
};

/// One pass over the stored executions of an organisation.
class Reattributor {
public:
    Reattributor(const Config& config, const Dimensions& stored, Timestamp now)
        : m_config(config),
          m_attribution(config.attribution),
          m_keys(stored, config),
          m_now(now),
          m_shapes(m_keys.organisation_key()) {
        for (const JobRow& job : stored.jobs)
            m_jobs.emplace(job.job_key, Job{.id = job.job_id, .name = job.name});
        for (const DataSourceRow& source : stored.data_sources)
            m_sources.emplace(source.data_source_key, source.name);
        for (const TransferTaskRow& task : stored.transfer_tasks)
            m_tasks.emplace(task.transfer_task_key, &task);
        m_changes.limits = m_keys.limits_changed();
        m_keys.apply(config);
    }

    AttributionChanges run(Warehouse& reader, const BatchSink& store) {
        renew_rules_of_shapes(reader);
        reader.each_execution(m_keys.organisation_key(), [&](StoredExecution stored) {
            stop_if_interrupted();
            add(std::move(stored));
            if (m_rows_waiting >= rows_in_a_batch) flush(store);
            return true;
        });
        remove_unused();
        if (!m_zone_differs) m_keys.read_as(m_config.source);
        for (const auto& [job_key, holding] : m_holding)
            set_watermark(reader, job_key, holding);
        flush(store);
        return std::move(m_changes);
    }

private:
    void add(StoredExecution stored) {
        const Job& job = m_jobs.at(stored.job_key);
        ++m_changes.executions;
        m_changes.lines += static_cast<std::int64_t>(stored.execution.logs.size());
        const bool outcome_changed = reread(stored);
        add_names(stored.task_runs);
        auto rows = stored.logs_pruned ? kept(stored.task_runs)
                                       : with_keys(m_attribution.task_runs(stored.execution, job));
        const bool differs = rows != stored.task_runs;
        if (!add_shapes(stored) && !differs && !outcome_changed) return;
        Reattribution& row = m_batch.reattributed.emplace_back(
            Reattribution{.execution_key = stored.execution_key,
                          .changed_at = m_now,
                          .state = stored.execution.state,
                          .created_on = stored.created_on,
                          .created_at_local = *stored.created_at_local});
        ++m_rows_waiting;
        if (!differs) return;
        ++m_changes.rewritten;
        compare_runs(stored.task_runs, rows,
                     {.job = job.name, .created_at = stored.execution.created_at}, m_changes);
        m_rows_waiting += rows.size();
        row.task_runs = std::move(rows);
    }

    /// Gives an execution the state, the day and the local time that today's configuration gives
    /// it; false when it has them.
    bool reread(StoredExecution& stored) {
        Execution& execution = stored.execution;
        const bool was_open = execution.is_open();
        const State state = m_config.source.states.state_of(execution.state_code);
        const Date day = m_config.sync.reporting_timezone.day_of(execution.created_at);
        const auto local = m_keys.local_time(execution.created_at);
        const bool differs = state != execution.state || day != stored.created_on ||
                             local != stored.created_at_local;
        if (state != execution.state) {
            ++m_changes.restated;
            ++m_changes.states[{execution.state_code, execution.state, state}];
        }
        if (day != stored.created_on) ++m_changes.redated;
        execution.state = state;
        stored.created_on = day;
        stored.created_at_local = local;
        note_holding(stored, was_open);
        const std::string zone = execution.source_timezone.value_or(m_keys.source_timezone());
        m_zone_differs =
            m_zone_differs || (!zone.empty() && zone != m_config.source.timezone.name());
        return differs;
    }

    /// One that was closed and is open now was given up by nobody.
    void note_holding(const StoredExecution& stored, bool was_open) {
        Holding& holding = m_holding[stored.job_key];
        const Execution& execution = stored.execution;
        holding.differs = holding.differs || was_open != execution.is_open();
        if (!execution.is_open() || stored.given_up) return;
        ++holding.executions;
        holding.oldest = std::min(holding.oldest, execution.created_at);
    }

    /// Where another state opens or closes executions, others hold the job's watermark.
    void set_watermark(Warehouse& reader, Key job_key, const Holding& holding) {
        if (!holding.differs) return;
        const JobHistory history = reader.history(job_key);
        if (!history.watermark) return;
        WatermarkRow row = *history.watermark;
        row.open_executions = holding.executions;
        Timestamp before =
            m_now + Timestamp::duration{1}; // what is ahead of now moves no watermark
        if (holding.executions > 0) before = std::min(before, holding.oldest);
        row.loaded_through = reader.newest_created_before(job_key, before);
        m_batch.watermarks.push_back(std::move(row));
    }

    /// Which rule knows a shape is a matter of today's rules too. Comes first: what is written here
    /// replaces the row, and lines that get their shape are added to it.
    void renew_rules_of_shapes(Warehouse& reader) {
        const Key organisation = m_keys.organisation_key();
        for (MessageShapeRow& stored : stored_shapes(reader, organisation)) {
            MessageShapeRow today = with_rule(stored, m_attribution);
            if (today != stored) m_batch.shapes.push_back(std::move(today));
        }
    }

    /// Lines that were stored before there were shapes get theirs; false when there are none.
    bool add_shapes(StoredExecution& stored) {
        std::vector<Log>& logs = stored.execution.logs;
        std::erase_if(logs, [](const Log& log) { return !log.message || log.shape_key; });
        set_shape_keys(logs, m_mask);
        for (const Log& log : logs) {
            m_shapes.add(stored.job_key, stored.execution_key, log,
                         stored.execution.doubtful_after);
            m_batch.log_shapes.push_back({.execution_key = stored.execution_key,
                                          .log_id = log.id,
                                          .shape_key = *log.shape_key});
        }
        m_rows_waiting += logs.size();
        return !logs.empty();
    }

    /// By their task's key, as they are stored.
    std::vector<TaskRunRow> with_keys(std::vector<TaskRun> runs) {
        std::vector<TaskRunRow> rows;
        for (TaskRun& run : runs) {
            const Key key = m_keys.transfer_task_key(run.task, run.source);
            m_tasks_in_use.insert(key);
            if (run.source) m_sources_in_use.insert(*run.source);
            const auto local = m_keys.local_time(run.started_at);
            rows.push_back(
                {.transfer_task_key = key, .run = std::move(run), .started_at_local = local});
        }
        std::ranges::sort(rows, {}, &TaskRunRow::transfer_task_key);
        return rows;
    }

    /// Task runs cannot be derived again without their lines; their local times can.
    std::vector<TaskRunRow> kept(std::vector<TaskRunRow> rows) {
        for (TaskRunRow& row : rows) {
            row.started_at_local = m_keys.local_time(row.run.started_at);
            m_tasks_in_use.insert(row.transfer_task_key);
            if (row.run.source) m_sources_in_use.insert(*row.run.source);
        }
        return rows;
    }

    void add_names(std::vector<TaskRunRow>& rows) const {
        for (TaskRunRow& row : rows) {
            const TransferTaskRow& task = *m_tasks.at(row.transfer_task_key);
            row.run.task = task.name;
            if (task.data_source_key) row.run.source = m_sources.at(*task.data_source_key);
        }
    }

    void remove_unused() {
        for (const auto& [key, task] : m_tasks) {
            if (!m_tasks_in_use.contains(key)) m_batch.removed_transfer_tasks.push_back(key);
        }
        m_changes.tasks_vanished = static_cast<std::int64_t>(m_batch.removed_transfer_tasks.size());
        std::set<std::string> kept = configured_sources(m_config);
        kept.merge(m_sources_in_use);
        for (const auto& [key, name] : m_sources) {
            if (kept.erase(name) > 0) continue;
            m_batch.removed_data_sources.push_back(key);
            m_changes.sources_vanished.push_back(name);
        }
        m_changes.sources_appeared.assign(kept.begin(), kept.end());
    }

    void flush(const BatchSink& store) {
        m_keys.move_changes_to(m_batch);
        m_batch.shape_lines = m_shapes.release(m_attribution);
        store(m_batch);
        m_batch = {};
        m_rows_waiting = 0;
    }

    const Config& m_config;
    std::map<Key, Holding> m_holding; // by job
    bool m_zone_differs = false;      // of some execution, from today's
    Attribution m_attribution;
    KeyAllocator m_keys;
    Timestamp m_now;
    std::map<Key, Job> m_jobs;
    std::map<Key, std::string> m_sources;          // that are stored
    std::map<Key, const TransferTaskRow*> m_tasks; // that are stored
    std::set<Key> m_tasks_in_use;
    std::set<std::string> m_sources_in_use;
    ShapeTally m_shapes; // of the batch under way
    std::string m_mask;  // of the message that is looked at
    Batch m_batch;
    std::size_t m_rows_waiting = 0;
    AttributionChanges m_changes;
};

} // namespace

AttributionChanges reattribute(const Config& config, Warehouse& writer, Warehouse& reader,
                               Timestamp now) {
    const Dimensions stored = stored_history(config, writer);
    AttributionChanges changes;
    writer.write_all([&](const BatchSink& store) {
        changes = Reattributor(config, stored, now).run(reader, store);
    });
    return changes;
}

AttributionChanges preview_reattribution(const Config& config, Warehouse& warehouse) {
    const Dimensions stored = stored_history(config, warehouse);
    return Reattributor(config, stored, {}).run(warehouse, [](const Batch&) {});
}

} // namespace tidemark
