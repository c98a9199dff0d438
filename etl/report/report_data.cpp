#include "report/report_data.hpp"

#include "templates/template.hpp"
#include "text/utf8.hpp"

#include <algorithm>

namespace tidemark {
namespace {

constexpr std::size_t most_example_bytes = 2048;

/// Hands over the organisation's rows of a view.
template <typename Visit>
void each_row_of(Warehouse& warehouse, const ReportData& data, std::string_view view, Visit visit) {
    each_row(warehouse, view, [&](const Row& row) {
        if (row.text("organisation") == data.organisation) visit(row);
    });
}

/// As late_sources counts it: the median time between the last 30 loads, where there are six.
std::map<std::string, double> usual_gaps(Warehouse& warehouse, const ReportData& data) {
    constexpr std::size_t enough = 5;
    std::map<std::string, std::vector<double>> gaps;
    each_row_of(warehouse, data, "recent_loads", [&](const Row& row) {
        const auto loaded = timestamp_from_text(row.text("loaded_at_utc"));
        const auto previous = timestamp_from_text(row.text("previous_loaded_at_utc"));
        if (!loaded || !previous) return;
        const std::chrono::duration<double, std::ratio<3600>> hours = *loaded - *previous;
        gaps[row.text("data_source")].push_back(hours.count());
    });
    std::map<std::string, double> usual;
    for (auto& [source, hours] : gaps) {
        if (hours.size() < enough) continue;
        std::sort(hours.begin(), hours.end());
        usual[source] = hours[hours.size() / 2];
    }
    return usual;
}

/// Why an execution failed: what its first failed task said, or else its last line.
std::string reason_of(const Row& failed_run) {
    const std::string error = failed_run.text("first_error");
    return error.empty() ? failed_run.text("last_message") : error;
}

class ErrorGroups {
public:
    /// The newest come first.
    void add(const Row& failed_run) {
        const std::string reason = reason_of(failed_run);
        ErrorGroup& group = m_groups[mask_of(reason)];
        const std::string at = failed_run.text("created_at_utc");
        if (group.count++ == 0) {
            group.example = cut_at_character(reason, most_example_bytes);
            group.cut = group.example.size() < reason.size();
            group.last_at = at;
        }
        group.first_at = at;
        ++group.jobs[failed_run.text("job")];
    }

    std::vector<ErrorGroup> result() {
        std::vector<ErrorGroup> groups;
        for (auto& [mask, group] : m_groups) {
            group.mask = mask;
            groups.push_back(std::move(group));
        }
        std::sort(groups.begin(), groups.end(), [](const ErrorGroup& a, const ErrorGroup& b) {
            return a.count != b.count ? a.count > b.count : a.last_at > b.last_at;
        });
        return groups;
    }

private:
    std::map<std::string, ErrorGroup> m_groups;
};

/// The beginning of the week of success_rates, as text; "" when nothing ran.
std::string week_begins(const std::vector<Row>& rates) {
    for (const Row& row : rates) {
        if (row.text("period") == "7 days") return row.text("since_utc");
    }
    return "";
}

std::vector<ErrorGroup> errors_since(Warehouse& warehouse, const ReportData& data,
                                     const std::string& since) {
    ErrorGroups groups;
    each_row_of(warehouse, data, "failed_runs", [&](const Row& row) {
        if (!since.empty() && row.text("created_at_utc") > since) groups.add(row);
    });
    return groups.result();
}

/// Of the last 30 days up to the newest on which something ran.
std::vector<Row> last_days(Warehouse& warehouse, const ReportData& data) {
    std::vector<Row> days;
    std::string first;
    each_row_of(warehouse, data, "job_durations", [&](const Row& row) {
        const std::string day = row.text("day");
        const auto date = date_from_text(day);
        if (!date || *date > data.zone.day_of(data.made_at)) return; // implausible
        if (first.empty()) first = to_text(Date{*date - std::chrono::days{29}});
        if (day >= first) days.push_back(row);
    });
    return days;
}

std::int64_t count_rows_of(Warehouse& warehouse, const ReportData& data, std::string_view view) {
    std::int64_t count = 0;
    each_row_of(warehouse, data, view, [&](const Row&) { ++count; });
    return count;
}

} // namespace

ReportData read_report_data(Warehouse& warehouse, const Config& config, Timestamp now) {
    ReportData data{.organisation = config.source.organisation,
                    .zone = config.sync.reporting_timezone,
                    .made_at = now};
    const auto own = [&](std::string_view view) {
        return rows_of_organisation(warehouse, view, data.organisation);
    };
    data.standing = standing_of(warehouse, config, now);
    for (const Row& row : data.standing.late)
        data.late.insert(row.text("data_source"));
    data.usual_gap_hours = usual_gaps(warehouse, data);
    data.night = own("last_night");
    data.rates = own("success_rates");
    data.errors = errors_since(warehouse, data, week_begins(data.rates));
    data.failing = own("failing_tasks");
    data.durations = own("usual_durations");
    data.days = last_days(warehouse, data);
    data.missed = own("missed_runs");
    data.unattributed = own("unattributed_tasks");
    data.unmatched = own("unmatched_messages");
    data.watermarks = own("watermarks");
    data.rejected = count_rows_of(warehouse, data, "rejected_records");
    data.gaps = count_rows_of(warehouse, data, "history_gaps");
    return data;
}

} // namespace tidemark
