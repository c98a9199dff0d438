#include "monitoring/alert_conditions.hpp"

#include "text/terminal.hpp"
#include "text/utf8.hpp"
#include "warehouse/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

namespace tidemark {
namespace {

constexpr std::size_t most_shown = 300; ///< bytes of what a message says

/// Text from outside, as it may stand in a line.
std::string shown_in_line(std::string_view text) { return shortened(printable(text), most_shown); }

std::optional<AlertCondition> failure_of(const Night& night) {
    if (night.exit_code != ExitCode::failed && night.exit_code != ExitCode::usage)
        return std::nullopt;
    std::string why = night.error;
    if (night.report && why.empty()) {
        for (const JobReport& job : night.report->jobs) {
            if (job.error && why.empty())
                why = fmt::format("every job failed; job '{}': {}", job.name, *job.error);
        }
    }
    return AlertCondition{"sync_failed", "",
                          fmt::format("the sync failed: {}", shown_in_line(why))};
}

AlertCondition late_source(const Row& row) {
    std::string why = "it was never loaded";
    if (!row.text("last_success_at_utc").empty()) {
        why = fmt::format("its last load was at {} (UTC)",
                          to_minute(row.text("last_success_at_utc")));
        why += row.integer("late_by_freshness") == 1
                   ? fmt::format(", and may be {} h old", row.text("max_age_hours"))
                   : fmt::format(", and the next one was expected at {}",
                                 to_minute(row.text("expected_at_utc")));
    }
    const std::string source = row.text("data_source");
    return {"source_late", source,
            fmt::format("data source '{}' is late: {}", shown_in_line(source), why)};
}

AlertCondition missed_run(const Row& row) {
    return {"run_missed", row.text("job_id"),
            fmt::format("job '{}' did not run at its {} time, {} (UTC)",
                        shown_in_line(row.text("job")),
                        row.integer("is_given") == 1 ? "given" : "usual",
                        to_minute(row.text("expected_at_utc")))};
}

AlertCondition new_error(const Row& row, std::string_view message) {
    return {"new_error", row.text("shape_key"),
            fmt::format("an error that was not seen before{}: {}",
                        row.text("job").empty()
                            ? ""
                            : fmt::format(", in job '{}'", shown_in_line(row.text("job"))),
                        shown_in_line(message))};
}

std::string wording_text(const Night& night) {
    std::string text = "the wording of messages seems to have changed, and no rule takes an "
                       "outcome from the new one";
    if (night.report && !night.report->wording_changes.empty()) {
        const WordingChange& first = night.report->wording_changes.front();
        text += fmt::format(": job '{}' logs '{}' now", shown_in_line(first.job),
                            shown_in_line(first.appeared));
    }
    return text;
}

} // namespace

std::vector<AlertCondition> alert_conditions(const Night& night, Warehouse* warehouse) {
    std::vector<AlertCondition> found;
    if (auto failure = failure_of(night)) found.push_back(std::move(*failure));
    if (warehouse == nullptr) return found;
    const auto rows = [&](std::string_view view) {
        return rows_of_organisation(*warehouse, view, night.organisation);
    };
    for (const Row& row : rows("late_sources"))
        found.push_back(late_source(row));
    for (const Row& row : rows("missed_runs"))
        found.push_back(missed_run(row));
    for (const Row& row : rows("new_errors"))
        found.push_back(new_error(row, row.text("message")));
    for (const Row& row : rows("attribution_coverage")) {
        if (!row.text("wording_changed_at_utc").empty())
            found.push_back({"wording_changed", "", wording_text(night)});
    }
    return found;
}

std::vector<AlertCondition> lasting_errors(const Night& night, Warehouse& warehouse,
                                           const std::vector<AlertRow>& stored) {
    std::set<std::string> open;
    for (const AlertRow& row : stored) {
        if (row.kind == "new_error" && !row.ended_at) open.insert(row.subject);
    }
    std::vector<AlertCondition> found;
    if (open.empty()) return found;
    const std::string since = to_text(night.started_at - std::chrono::days{1});
    each_row(warehouse, "message_kinds", [&](const Row& row) {
        if (row.text("organisation") == night.organisation &&
            open.contains(row.text("shape_key")) && row.text("last_seen_at_utc") >= since)
            found.push_back(new_error(row, row.text("message")));
    });
    return found;
}

} // namespace tidemark
