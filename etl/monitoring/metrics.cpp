#include "monitoring/metrics.hpp"

#include "warehouse/tables.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <utility>

namespace tidemark {
namespace {

using Labels = std::vector<std::pair<std::string_view, std::string>>;

std::string escaped(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        if (c == '\\' || c == '"') escaped += '\\';
        if (c == '\n')
            escaped += "\\n";
        else
            escaped += c;
    }
    return escaped;
}

/// The samples of one metric, below what it means.
class Metric {
public:
    Metric(std::string_view name, std::string_view help)
        : m_name(name), m_text(fmt::format("# HELP {0} {1}\n# TYPE {0} gauge\n", name, help)) {}

    void add(const Labels& labels, double value) {
        m_has_samples = true;
        m_text += m_name + "{";
        for (const auto& [name, label] : labels)
            m_text += fmt::format("{}{}=\"{}\"", &name == &labels.front().first ? "" : ",", name,
                                  escaped(label));
        m_text += fmt::format("}} {}\n", value);
    }

    [[nodiscard]] std::string text() const { return m_has_samples ? m_text : ""; }

private:
    std::string m_name;
    std::string m_text;
    bool m_has_samples = false;
};

double unix_seconds(Timestamp moment) {
    return std::chrono::duration<double>(moment.time_since_epoch()).count();
}

/// Of a moment as a view has it; nullopt of null.
std::optional<double> age(const std::string& moment, Timestamp now) {
    const auto read = timestamp_from_text(moment);
    if (!read) return std::nullopt;
    return std::max(0.0, unix_seconds(now) - unix_seconds(*read));
}

std::string of_the_sync(const Night& night) {
    const Labels labels = {{"organisation", night.organisation}};
    std::string text;
    const auto add_metric = [&](std::string_view name, std::string_view help, double value) {
        Metric metric(name, help);
        metric.add(labels, value);
        text += metric.text();
    };
    add_metric("tidemark_sync_ended_timestamp_seconds", "When the last sync ended.",
               unix_seconds(night.ended_at));
    add_metric("tidemark_sync_duration_seconds", "How long the last sync took.",
               unix_seconds(night.ended_at) - unix_seconds(night.started_at));
    add_metric("tidemark_sync_exit_code", "How the last sync ended: 0 all done, 3 in part.",
               process_exit_code(night));
    if (!night.report) return text;
    const SyncCounts& counts = night.report->counts;
    const std::array<std::pair<std::string_view, std::int64_t>, 3> kinds = {
        {{"new", counts.executions_new},
         {"changed", counts.executions_changed},
         {"unchanged", counts.executions_unchanged}}};
    Metric executions("tidemark_sync_executions", "Executions that the last sync read.");
    for (const auto& [kind, count] : kinds)
        executions.add({{"organisation", night.organisation}, {"kind", std::string{kind}}},
                       static_cast<double>(count));
    text += executions.text();
    add_metric("tidemark_sync_log_lines_new", "Log lines that the last sync stored.",
               static_cast<double>(counts.logs));
    add_metric("tidemark_sync_rejected", "Records that the last sync could not load.",
               static_cast<double>(counts.rejected));
    add_metric("tidemark_sync_jobs_failed", "Jobs that the last sync could not read.",
               static_cast<double>(failed_jobs(*night.report)));
    return text;
}

std::string of_jobs(const Night& night, Warehouse& warehouse) {
    Metric loaded("tidemark_job_loaded_through_age_seconds",
                  "Age of the moment through which a job's history is loaded.");
    Metric open("tidemark_job_open_executions", "Executions that a job's watermark waits for.");
    for (const Row& row : rows_of_organisation(warehouse, "watermarks", night.organisation)) {
        const Labels labels = {{"organisation", night.organisation},
                               {"job", row.text("job")},
                               {"job_id", row.text("job_id")}};
        if (const auto seconds = age(row.text("loaded_through_utc"), night.ended_at))
            loaded.add(labels, *seconds);
        open.add(labels, static_cast<double>(row.integer("open_executions")));
    }
    return loaded.text() + open.text();
}

std::string of_sources(const Night& night, Warehouse& warehouse) {
    Metric success("tidemark_source_last_success_age_seconds",
                   "Age of a data source's last successful load.");
    Metric late("tidemark_source_late", "1 when a data source is late by its limit.");
    Metric loaded("tidemark_source_ever_loaded", "1 when a data source was ever loaded.");
    for (const Row& row :
         rows_of_organisation(warehouse, "last_successful_load", night.organisation)) {
        const Labels labels = {{"organisation", night.organisation},
                               {"data_source", row.text("data_source")}};
        const auto seconds = age(row.text("last_success_at_utc"), night.ended_at);
        if (seconds) success.add(labels, *seconds);
        late.add(labels, static_cast<double>(row.integer("is_late")));
        loaded.add(labels, seconds ? 1 : 0);
    }
    return success.text() + late.text() + loaded.text();
}

} // namespace

std::string metrics_text(const Night& night, Warehouse* warehouse) {
    std::string text = of_the_sync(night);
    if (warehouse != nullptr) text += of_jobs(night, *warehouse) + of_sources(night, *warehouse);
    return text;
}

} // namespace tidemark
