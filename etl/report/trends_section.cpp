#include "report/pictures.hpp"
#include "report/sections.hpp"

#include <fmt/format.h>

#include <map>

namespace tidemark {
namespace {

constexpr int days_shown = 30;

/// The last 30 days up to the newest of the rows, which come newest first.
std::vector<std::string> days_of(const std::vector<Row>& rows) {
    std::vector<std::string> days;
    const auto newest = date_from_text(rows.front().text("day"));
    if (!newest) return days;
    for (int ago = days_shown - 1; ago >= 0; --ago)
        days.push_back(to_text(Date{*newest - std::chrono::days{ago}}));
    return days;
}

std::vector<DayCounts> counts_of(const std::vector<Row>& rows,
                                 const std::vector<std::string>& days) {
    std::map<std::string, DayCounts> by_day;
    for (const Row& row : rows) {
        DayCounts& counts = by_day[row.text("day")];
        const auto completed = row.integer("completed");
        const auto failed = row.integer("failed");
        counts.completed += completed;
        counts.failed += failed;
        counts.other += row.integer("runs") - completed - failed;
    }
    std::vector<DayCounts> counts;
    for (const std::string& day : days) {
        counts.push_back(by_day[day]);
        counts.back().day = day;
    }
    return counts;
}

void put_counts(Html& html, const std::vector<DayCounts>& counts) {
    put_day_columns(html, "Runs of each day: red failed, green completed, yellow other", counts);
    std::vector<std::vector<Cell>> rows;
    for (const DayCounts& day : counts) {
        rows.push_back({{day.day},
                        {fmt::format("{}", day.completed), "number"},
                        {fmt::format("{}", day.failed), "number"},
                        {fmt::format("{}", day.other), "number"}});
    }
    const auto details = html.in("details");
    html.put("summary", "The same as a table");
    put_table(html, "Runs of each day", {"Day", "Completed", "Failed", "Other"}, rows);
}

/// What is known of a job's month.
struct JobMonth {
    std::string job;
    std::map<std::string, Row> rates; ///< by period
    std::optional<Row> usual;
    std::map<std::string, double> seconds; ///< average of a day
};

/// In the order of their names.
std::vector<JobMonth> months_of(const ReportData& data) {
    std::vector<JobMonth> months;
    std::map<std::string, std::size_t> places; // by the job's id
    const auto month_of_job = [&](const Row& row) -> JobMonth& {
        const auto [place, is_new] = places.emplace(row.text("job_id"), months.size());
        if (is_new)
            months.push_back({.job = row.text("job"), .rates = {}, .usual = {}, .seconds = {}});
        return months[place->second];
    };
    for (const Row& row : data.rates) {
        month_of_job(row).rates[row.text("period")] = row;
    }
    for (const Row& row : data.durations)
        month_of_job(row).usual = row;
    for (const Row& row : data.days) {
        if (const auto seconds = number_in(row, "avg_seconds"))
            month_of_job(row).seconds[row.text("day")] = *seconds;
    }
    return months;
}

std::string rate_text(const JobMonth& month, const std::string& period) {
    const auto rate = month.rates.find(period);
    if (rate == month.rates.end()) return "–";
    const std::string percent = rate->second.text("success_percent");
    return fmt::format("{} of {}{}", rate->second.text("completed"), rate->second.text("runs"),
                       percent.empty() ? "" : fmt::format(" ({} %)", percent));
}

Cell pace_of(const JobMonth& month) {
    if (!month.usual) return {"not known yet"};
    if (month.usual->integer("is_slow") == 1) return {"last run was slow", "doubtful"};
    if (month.usual->integer("is_getting_slower") == 1) return {"getting slower", "doubtful"};
    return {"as usual", "good"};
}

void put_job(Html& html, const JobMonth& month, const std::vector<std::string>& days) {
    const auto row = html.in("tr");
    const auto usual = [&](std::string_view column) {
        return month.usual ? seconds_text(month.usual->text(column)) : "–";
    };
    html.put("th", {{"scope", "row"}}, month.job);
    for (const char* period : {"24 hours", "7 days", "30 days"})
        html.put("td", {{"class", "number"}}, rate_text(month, period));
    {
        const auto cell = html.in("td");
        std::vector<std::optional<double>> values;
        for (const std::string& day : days) {
            const auto seconds = month.seconds.find(day);
            values.push_back(seconds == month.seconds.end()
                                 ? std::nullopt
                                 : std::optional<double>{seconds->second});
        }
        put_sparkline(html, values,
                      month.usual ? number_in(*month.usual, "median_seconds").value_or(0) : 0);
    }
    for (const char* column : {"median_seconds", "p95_seconds", "last_seconds"})
        html.put("td", {{"class", "number"}}, usual(column));
    const Cell pace = pace_of(month);
    html.put("td", {{"class", std::string{pace.css_class}}}, pace.text);
}

void put_jobs(Html& html, const std::vector<JobMonth>& months,
              const std::vector<std::string>& days) {
    html.put("h3", "Success and duration of each job");
    html.put("p", "The line is the average duration of each day, the dashed one the median of the "
                  "last 60 completed runs.");
    const auto scrolled = html.in("div", {{"class", "wide"},
                                          {"tabindex", "0"},
                                          {"role", "group"},
                                          {"aria-label", "Success and duration of each job"}});
    const auto table = html.in("table");
    html.put("caption", "Completed runs, and durations, of each job");
    {
        const auto head = html.in("thead");
        const auto row = html.in("tr");
        html.put("th", {{"scope", "col"}}, "Job");
        for (const char* title : {"24 hours", "7 days", "30 days"})
            html.put("th", {{"scope", "col"}, {"class", "number"}}, title);
        html.put("th", {{"scope", "col"}}, "Duration, 30 days");
        for (const char* title : {"Median", "95 of 100 within", "Last"})
            html.put("th", {{"scope", "col"}, {"class", "number"}}, title);
        html.put("th", {{"scope", "col"}}, "Pace");
    }
    const auto body = html.in("tbody");
    for (const JobMonth& month : months)
        put_job(html, month, days);
}

/// The values behind the small lines.
void put_daily_durations(Html& html, const std::vector<JobMonth>& months,
                         const std::vector<std::string>& days) {
    std::vector<std::string> heads{"Job"};
    for (const std::string& day : days)
        heads.push_back(short_day(day));
    std::vector<std::vector<Cell>> rows;
    for (const JobMonth& month : months) {
        std::vector<Cell> cells{{month.job}};
        for (const std::string& day : days) {
            const auto seconds = month.seconds.find(day);
            cells.push_back({seconds == month.seconds.end()
                                 ? ""
                                 : seconds_text(fmt::format("{}", seconds->second)),
                             "number"});
        }
        rows.push_back(std::move(cells));
    }
    const auto details = html.in("details");
    html.put("summary", "The durations of each day as a table");
    put_table(html, "Average duration of each job and day", heads, rows);
}

} // namespace

void put_trends(Html& html, const ReportData& data, const Moments& /*moments*/) {
    if (data.days.empty()) {
        html.put("p", "No execution is stored yet.");
        return;
    }
    const auto days = days_of(data.days);
    put_counts(html, counts_of(data.days, days));
    const auto months = months_of(data);
    put_jobs(html, months, days);
    put_daily_durations(html, months, days);
}

} // namespace tidemark
