#include "report/standing.hpp"

#include "sync/outdated.hpp"
#include "text/terminal.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>
#include <optional>

namespace tidemark {
namespace {

/// So many are named of a list that may be long.
constexpr std::size_t most_named = 10;
constexpr std::size_t syncs_read = 14;

std::string why_late(const Row& row) {
    std::string why = fmt::format("last loaded {} h ago", row.text("age_hours"));
    if (row.integer("late_by_freshness") == 1) {
        why += fmt::format(", limit {} h", row.text("max_age_hours"));
    } else {
        why += fmt::format(", expected at {}", to_second(row.text("expected_at_utc")));
    }
    if (!row.text("job_excluded_since_utc").empty()) why += "; its job is excluded";
    return why;
}

std::string quoted_name(const Row& row, std::string_view column = "data_source") {
    return "'" + printable(row.text(column)) + "'";
}

std::string sources_text(const Row& row) {
    const auto sources = row.integer("sources");
    if (sources == 0) return "no data source is known yet";
    const auto fresh = row.integer("sources_fresh");
    const auto unlimited = row.integer("sources_without_limit");
    const std::string all = count_of(sources, "source");
    std::string text = fresh == 0 && unlimited > 0
                           ? fmt::format("{} of {} loaded, without a limit", unlimited, all)
                           : fmt::format("{} of {} fresh", fresh, all);
    if (fresh > 0 && unlimited > 0) text += fmt::format(", {} loaded without a limit", unlimited);
    if (const auto late = row.integer("sources_late")) text += fmt::format(", {} late", late);
    if (const auto never = row.integer("sources_never_loaded"))
        text += fmt::format(", {} never loaded", never);
    return text;
}

/// The problem with the last sync; nullopt when there is none.
std::optional<std::string> fault_of_last_sync(const std::vector<Row>& syncs, Timestamp now) {
    if (syncs.empty()) return "no sync was made yet";
    const Row& last = syncs.front();
    const std::string began = to_second(last.text("started_at_utc"));
    const std::string outcome = last.text("outcome");
    if (outcome == "failed" || outcome == "interrupted") {
        const std::string error = printable(last.text("error"));
        return fmt::format("the last sync ({} UTC) {}{}{}", began,
                           outcome == "failed" ? "failed" : "was interrupted",
                           error.empty() ? "" : ": ", error);
    }
    const auto started = timestamp_from_text(last.text("started_at_utc"));
    if (started && now - *started > std::chrono::days{1}) {
        return fmt::format("the last sync ({} UTC) {} more than a day ago", began,
                           outcome == "running" ? "did not end and began" : "was");
    }
    return std::nullopt;
}

std::optional<std::string> never_loaded_line(const std::vector<Row>& sources) {
    std::vector<std::string> names;
    for (const Row& row : sources) {
        if (row.integer("is_retired") == 1 || !row.text("last_success_at_utc").empty()) continue;
        names.push_back(quoted_name(row));
        if (!row.text("job_excluded_since_utc").empty()) names.back() += " (its job is excluded)";
    }
    if (names.empty()) return std::nullopt;
    return "never loaded: " + listed(std::move(names), most_named);
}

/// Tasks that began as ever, and whose end no rule finds any more.
std::optional<std::string> without_end_line(Warehouse& warehouse, const std::string& organisation) {
    std::vector<std::string> names;
    for (const Row& row : rows_of_organisation(warehouse, "tasks_without_end", organisation))
        names.push_back(quoted_name(row, "transfer_task"));
    if (names.empty()) return std::nullopt;
    const std::string tasks = count_of(names.size(), "task");
    return fmt::format("no message that a rule knows told how the last run of {} ended, as one did "
                       "before: {}; 'tidemark messages --unmatched' lists what no rule knows",
                       tasks, listed(std::move(names), most_named));
}

} // namespace

std::string coverage_line(const Row& coverage) {
    std::vector<std::string> parts{sources_text(coverage)};
    const auto add = [&](std::string_view column, std::string_view noun, std::string_view what) {
        if (const auto count = coverage.integer(column))
            parts.push_back(fmt::format("{} {}", count_of(count, noun), what));
    };
    add("tasks_without_source", "task", "without source");
    add("runs_without_outcome", "task run", "without outcome");
    const auto unknown = coverage.integer("kinds_about_tasks_without_rule");
    if (unknown > 0) {
        parts.push_back(fmt::format("{} about tasks {} no rule",
                                    unknown == 1 ? "1 kind of message"
                                                 : fmt::format("{} kinds of message", unknown),
                                    unknown == 1 ? "has" : "have"));
    }
    if (const auto fresh = coverage.integer("new_kinds_without_rule")) {
        parts.push_back(fresh == 1 ? "1 new kind of message"
                                   : fmt::format("{} new kinds of message", fresh));
    }
    return fmt::format("{}", fmt::join(parts, "; "));
}

Row coverage_of(Warehouse& warehouse, const std::string& organisation) {
    auto rows = rows_of_organisation(warehouse, "attribution_coverage", organisation, 1);
    return rows.empty() ? Row{} : std::move(rows.front());
}

std::string late_line(const std::vector<Row>& late_sources) {
    std::vector<std::string> names;
    for (const Row& row : late_sources) {
        if (row.text("last_success_at_utc").empty()) continue;
        names.push_back(fmt::format("{} ({})", quoted_name(row), why_late(row)));
    }
    return names.empty() ? "" : "late: " + listed(std::move(names), most_named);
}

Standing standing_of(Warehouse& warehouse, const Config& config, Timestamp now) {
    const std::string& organisation = config.source.organisation;
    Standing standing;
    standing.coverage = coverage_of(warehouse, organisation);
    standing.figures = coverage_line(standing.coverage);
    standing.sources = rows_of_organisation(warehouse, "last_successful_load", organisation);
    standing.late = rows_of_organisation(warehouse, "late_sources", organisation);
    standing.syncs = rows_of_organisation(warehouse, "recent_syncs", organisation, syncs_read);
    if (auto fault = fault_of_last_sync(standing.syncs, now))
        standing.reasons.push_back({std::move(*fault), "syncs"});
    if (auto late = late_line(standing.late); !late.empty())
        standing.reasons.push_back({std::move(late), "freshness"});
    if (auto never = never_loaded_line(standing.sources))
        standing.reasons.push_back({std::move(*never), "freshness"});
    const std::string changed = standing.coverage.text("wording_changed_at_utc");
    if (!changed.empty()) {
        standing.reasons.push_back(
            {fmt::format("the wording of messages seems to have changed (since the sync of {} "
                         "UTC), and no rule takes an outcome from the new one; 'tidemark messages "
                         "--learn' proposes rules",
                         to_second(changed)),
             "unknown"});
    }
    if (auto unended = without_end_line(warehouse, organisation))
        standing.reasons.push_back({std::move(*unended), "unknown"});
    for (std::string& line : lines_of(outdated_history(warehouse, config)))
        standing.notes.push_back(std::move(line));
    return standing;
}

} // namespace tidemark
