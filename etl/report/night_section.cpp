#include "report/pictures.hpp"
#include "report/sections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace tidemark {
namespace {

constexpr std::size_t most_lanes = 60;
constexpr std::size_t most_rows = 600;

std::string_view css_class_of(const std::string& result) {
    if (result == "completed" || result == "succeeded") return "good";
    if (result == "failed") return "bad";
    return result == "running" || result == "started" ? "other" : "doubtful";
}

/// When a part of the night ended, or the last moment that is known of it: what has no duration has
/// no plausible end.
std::optional<Timestamp> end_of(const Row& part, Timestamp last) {
    const auto seconds = number_in(part, "seconds");
    const auto started = timestamp_from_text(part.text("started_at_utc"));
    if (!started) return std::nullopt;
    if (!seconds) return std::max(*started, last);
    return *started + std::chrono::microseconds{static_cast<std::int64_t>(*seconds * 1e6)};
}

Timestamp last_moment(const std::vector<Row>& night) {
    Timestamp last{};
    for (const Row& part : night)
        last = std::max(last, end_of(part, last).value_or(last));
    return last;
}

/// A lane for each job: its executions, and over them the tasks that failed.
std::vector<Lane> lanes_of(const std::vector<Row>& night, const Moments& moments) {
    const Timestamp last = last_moment(night);
    std::vector<Lane> lanes;
    std::map<std::string, std::size_t> lane_of_job;
    for (const Row& part : night) {
        const std::string task = part.text("transfer_task");
        const std::string result = part.text("result");
        const auto started = timestamp_from_text(part.text("started_at_utc"));
        if (!started || (!task.empty() && result != "failed")) continue;
        const auto [place, is_new] = lane_of_job.emplace(part.text("job_id"), lanes.size());
        if (is_new) lanes.push_back({.name = part.text("job"), .spans = {}});
        const std::string name = task.empty() ? part.text("job") : task;
        lanes[place->second].spans.push_back(
            {.from = *started,
             .to = end_of(part, last).value_or(*started),
             .css_class = task.empty() ? css_class_of(result) : "task",
             .tooltip = fmt::format("{}: {}, {}, {}", name, result, moments.clock(*started),
                                    seconds_text(part.text("seconds")))});
    }
    return lanes;
}

void put_parts(Html& html, const std::vector<Row>& night, const Moments& moments) {
    std::vector<std::vector<Cell>> rows;
    for (const Row& part : night) {
        if (rows.size() == most_rows) break;
        const std::string result = part.text("result");
        rows.push_back({{part.text("job")},
                        {part.text("transfer_task")},
                        {part.text("data_source")},
                        {result, css_class_of(result)},
                        {moments.full(part.text("started_at_utc")), "time"},
                        {seconds_text(part.text("seconds")), "number"},
                        {part.text("row_count"), "number"}});
    }
    const auto details = html.in("details");
    html.put("summary", "The same as a table, with every task");
    put_table(html, "What ran last night",
              {"Job", "Task", "Data source", "Result", "Start", "Duration", "Rows"}, rows);
    put_more(html, night.size(), rows.size(), "last_night");
}

} // namespace

std::string newest_start(const std::vector<Row>& night) {
    std::string newest;
    for (const Row& part : night)
        newest = std::max(newest, part.text("started_at_utc"));
    return newest;
}

void put_night(Html& html, const ReportData& data, const Moments& moments) {
    if (data.night.empty()) {
        html.put("p", "No execution is stored yet.");
        return;
    }
    html.put("p", fmt::format("What began in the 20 hours before the newest run, of {}. Green "
                              "completed, red failed; a dark mark is a task that failed.",
                              moments.full(newest_start(data.night))));
    auto lanes = lanes_of(data.night, moments);
    const std::size_t all = lanes.size();
    lanes.resize(std::min(all, most_lanes));
    if (!lanes.empty()) {
        put_timeline(html, "Runs of each job last night, over time", lanes, moments);
    }
    put_more(html, all, lanes.size(), "last_night");
    put_parts(html, data.night, moments);
}

} // namespace tidemark
