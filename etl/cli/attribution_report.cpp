#include "cli/attribution_report.hpp"

#include "platform/path_text.hpp"
#include "text/terminal.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tidemark {
namespace {

constexpr std::size_t most_shown = 10;

std::string named(std::string_view text) { return fmt::format("'{}'", printable(text)); }

std::string source_in_words(const std::optional<std::string>& source) {
    return source ? named(*source) : "no data source";
}

std::string outcome_in_words(std::optional<TaskOutcome> outcome) {
    return std::string{outcome ? to_text(*outcome) : "unknown"};
}

std::string headline(const AttributionChanges& changes, bool dry_run) {
    const auto read = fmt::format("read {} with {}", count_of(changes.executions, "execution"),
                                  count_of(changes.lines, "log line"));
    if (changes.rewritten == 0) return read + "; no task run differs";
    return fmt::format("{}; the task runs of {} {}", read, changes.rewritten,
                       dry_run ? "would change" : "changed");
}

void add_rest(std::vector<std::string>& lines, std::size_t all, std::size_t shown) {
    if (all > shown) lines.push_back(fmt::format("    … and {} more", all - shown));
}

/// Those of most runs first.
void add_moves(std::vector<std::string>& lines, const AttributionChanges& changes) {
    std::vector<std::pair<TaskMove, std::int64_t>> moves(changes.moves.begin(),
                                                         changes.moves.end());
    if (moves.empty()) return;
    std::stable_sort(moves.begin(), moves.end(), [](const auto& left, const auto& right) {
        return left.second > right.second;
    });
    lines.push_back(fmt::format("tasks that move to another data source: {}", moves.size()));
    const std::size_t shown = std::min(moves.size(), most_shown);
    for (std::size_t i = 0; i < shown; ++i) {
        const auto& [move, runs] = moves[i];
        lines.push_back(fmt::format("    {}: {} → {} ({})", named(move.task),
                                    source_in_words(move.from), source_in_words(move.to),
                                    count_of(runs, "run")));
    }
    add_rest(lines, moves.size(), shown);
}

void add_outcomes(std::vector<std::string>& lines, std::string_view what,
                  const OutcomeChanges& changes) {
    if (changes.count == 0) return;
    lines.push_back(fmt::format("runs that {} an outcome: {}", what, changes.count));
    for (const OutcomeChange& change : changes.examples) {
        lines.push_back(fmt::format("    {} of {} in {}, {} UTC: {} → {}", named(change.task),
                                    source_in_words(change.source), named(change.job),
                                    to_second(to_text(change.created_at)),
                                    outcome_in_words(change.before),
                                    outcome_in_words(change.after)));
    }
    add_rest(lines, static_cast<std::size_t>(changes.count), changes.examples.size());
}

void add_states(std::vector<std::string>& lines, const AttributionChanges& changes) {
    if (changes.restated == 0) return;
    lines.push_back(fmt::format("executions whose state changes: {}", changes.restated));
    for (const auto& [move, executions] : changes.states) {
        lines.push_back(fmt::format("    code {}: {} → {} ({})", move.code, to_text(move.from),
                                    to_text(move.to), count_of(executions, "execution")));
    }
}

void add_number(std::vector<std::string>& lines, std::string_view what, std::int64_t number) {
    if (number > 0) lines.push_back(fmt::format("{}: {}", what, number));
}

void add_names(std::vector<std::string>& lines, std::string_view what,
               const std::vector<std::string>& names) {
    if (names.empty()) return;
    lines.push_back(fmt::format("data sources that {}: {}", what, names.size()));
    const std::size_t shown = std::min(names.size(), most_shown);
    for (std::size_t i = 0; i < shown; ++i)
        lines.push_back("    " + named(names[i]));
    add_rest(lines, names.size(), shown);
}

} // namespace

std::vector<std::string> lines_of(const AttributionChanges& changes, bool dry_run) {
    std::vector<std::string> lines{headline(changes, dry_run)};
    add_states(lines, changes);
    add_number(lines, "executions whose day changes", changes.redated);
    if (changes.runs_appeared > 0 || changes.runs_vanished > 0) {
        lines.push_back(fmt::format("runs that appear: {}, that vanish: {}", changes.runs_appeared,
                                    changes.runs_vanished));
    }
    add_moves(lines, changes);
    add_outcomes(lines, "gain", changes.gained);
    add_outcomes(lines, "lose", changes.lost);
    add_outcomes(lines, "change", changes.changed);
    add_names(lines, "appear", changes.sources_appeared);
    add_names(lines, "vanish", changes.sources_vanished);
    add_number(lines, "transfer tasks that are left without a run", changes.tasks_vanished);
    add_number(lines, "data sources whose freshness limit changes", changes.limits);
    return lines;
}

std::vector<std::string> lines_of(const TestFailure& failure, const Config& config) {
    const AttributionTest& test = *failure.test;
    std::vector<std::string> lines{fmt::format("{}:{}: attribution test failed: {}",
                                               utf8(test.file), test.line, named(test.message))};
    const auto& rules = config.attribution.rules;
    const auto rule = std::find_if(rules.begin(), rules.end(), [&](const RuleConfig& candidate) {
        return candidate.name == failure.matched;
    });
    if (rule != rules.end()) {
        lines.push_back(fmt::format("    matched by rule {} ({}:{})", named(rule->name),
                                    utf8(rule->file), rule->line));
    }
    for (const std::string& difference : failure.differences)
        lines.push_back("    " + printable(difference));
    return lines;
}

} // namespace tidemark
