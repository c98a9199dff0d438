#include "reattribution/changes.hpp"

#include <algorithm>
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
template <typename Fits> const TaskRun* take(std::vector<const TaskRun*>& runs, Fits fits) {
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
        pairs.push_back({take(old,
                              [&](const TaskRun* other) {
                                  return other->task == run.task && other->source == run.source;
                              }),
                         &run});
    }
    for (Pair& pair : pairs) {
        if (pair.before != nullptr) continue;
        pair.before =
            take(old, [&](const TaskRun* other) { return other->task == pair.after->task; });
    }
    for (const TaskRun* run : old)
        pairs.push_back({run, nullptr});
    return pairs;
}

/// What was told of a run; nullopt when nothing was.
std::optional<TaskOutcome> told(const TaskRun* run) {
    if (run == nullptr || run->outcome == TaskOutcome::unknown) return std::nullopt;
    return run->outcome;
}

void add_outcome(const Pair& pair, const ExecutionName& execution, AttributionChanges& changes) {
    const TaskRun& run = pair.after != nullptr ? *pair.after : *pair.before;
    OutcomeChange change{.job = execution.job,
                         .created_at = execution.created_at,
                         .task = run.task,
                         .source = run.source,
                         .before = told(pair.before),
                         .after = told(pair.after)};
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

} // namespace tidemark
