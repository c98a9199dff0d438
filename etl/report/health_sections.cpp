#include "report/sections.hpp"
#include "text/terminal.hpp"
#include "text/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tidemark {
namespace {

constexpr std::size_t most_shown = 30;
constexpr std::size_t longest_text = 300;

std::string shown(const std::string& text) { return shortened(text, longest_text); }

/// A table of at most so many rows of a view, and how many more there are.
template <typename CellsOf>
void put_rows(Html& html, std::string_view caption, const std::vector<std::string>& heads,
              const std::vector<Row>& rows, std::string_view view, CellsOf cells_of) {
    if (rows.empty()) {
        html.put("p", "None.");
        return;
    }
    std::vector<std::vector<Cell>> cells;
    for (std::size_t i = 0; i < rows.size() && i < most_shown; ++i)
        cells.push_back(cells_of(rows[i]));
    put_table(html, caption, heads, cells);
    put_more(html, rows.size(), cells.size(), view);
}

std::string_view css_class_of_outcome(const std::string& outcome) {
    if (outcome == "succeeded") return "good";
    if (outcome == "failed") return "bad";
    return outcome.empty() ? "" : "doubtful";
}

void put_job_syncs(Html& html, const std::vector<Row>& watermarks, const Moments& moments) {
    html.put("h3", "How far each job is loaded");
    put_rows(html, "How far each job is loaded",
             {"Job", "Loaded through", "Open runs", "Last sync", "It ended", "Error"}, watermarks,
             "watermarks", [&](const Row& row) {
                 const std::string outcome = row.text("last_sync_outcome");
                 return std::vector<Cell>{{row.text("job")},
                                          {moments.full(row.text("loaded_through_utc")), "time"},
                                          {row.text("open_executions"), "number"},
                                          {moments.full(row.text("last_sync_at_utc")), "time"},
                                          {outcome, css_class_of_outcome(outcome)},
                                          {shown(row.text("last_sync_error"))}};
             });
}

} // namespace

void put_missed(Html& html, const ReportData& data, const Moments& moments) {
    html.put("p", "A run is expected where [schedule] gives its start, or where three of the last "
                  "four weeks had one at the same time of the week, give or take 90 minutes.");
    put_rows(html, "Expected runs that did not come",
             {"Job", "Expected", "Weeks of four", "Last run"}, data.missed, "missed_runs",
             [&](const Row& row) {
                 return std::vector<Cell>{
                     {row.text("job")},
                     {moments.full(row.text("expected_at_utc")), "time"},
                     {row.integer("is_given") == 1 ? "given" : row.text("weeks"), "number"},
                     {moments.full(row.text("last_run_at_utc")), "time"}};
             });
}

void put_unknown(Html& html, const ReportData& data, const Moments& moments) {
    html.put("h3", "Tasks without a data source");
    put_rows(html, "Tasks without a data source", {"Task", "Runs", "Last run", "Why"},
             data.unattributed, "unattributed_tasks", [&](const Row& row) {
                 return std::vector<Cell>{{row.text("transfer_task")},
                                          {row.text("runs"), "number"},
                                          {moments.full(row.text("last_run_at_utc")), "time"},
                                          {row.text("attributed_by")}};
             });
    html.put("h3", "Kinds of message that no rule knows");
    put_rows(html, "Kinds of message that no rule knows", {"Message", "Lines", "Last seen"},
             data.unmatched, "unmatched_messages", [&](const Row& row) {
                 return std::vector<Cell>{{shown(row.text("message"))},
                                          {row.text("line_count"), "number"},
                                          {moments.full(row.text("last_seen_at_utc")), "time"}};
             });
}

void put_syncs(Html& html, const ReportData& data, const Moments& moments) {
    html.put("h3", "The last syncs");
    put_rows(html, "The last syncs",
             {"Began", "Outcome", "Duration", "Jobs", "Jobs failed", "New", "Changed", "Rejected",
              "Log lines", "Read", "Error"},
             data.standing.syncs, "recent_syncs", [&](const Row& row) {
                 const std::string outcome = row.text("outcome");
                 return std::vector<Cell>{
                     {moments.full(row.text("started_at_utc")), "time"},
                     {outcome, css_class_of_outcome(outcome)},
                     {seconds_text(row.text("seconds")), "number"},
                     {row.text("jobs"), "number"},
                     {row.text("jobs_failed"), "number"},
                     {row.text("executions_new"), "number"},
                     {row.text("executions_changed"), "number"},
                     {row.text("rejected"), "number"},
                     {row.text("logs"), "number"},
                     {human_bytes(static_cast<double>(row.integer("bytes"))), "number"},
                     {shown(row.text("error"))}};
             });
    put_job_syncs(html, data.watermarks, moments);
    html.put("p",
             fmt::format("{} could not be loaded; {} missing.", count_of(data.rejected, "record"),
                         data.gaps == 1 ? "1 span of history is"
                                        : fmt::format("{} spans of history are", data.gaps)));
}

} // namespace tidemark
