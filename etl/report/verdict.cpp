#include "report/sections.hpp"
#include "text/terminal.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdlib>

namespace tidemark {
namespace {

constexpr std::size_t names_shown = 5;

/// `'Finance', 'CRM' and 3 more`.
std::string listed(const std::vector<std::string>& names) {
    const std::size_t shown = std::min(names.size(), names_shown);
    std::string text;
    for (std::size_t i = 0; i < shown; ++i)
        text += fmt::format("{}'{}'", i == 0 ? "" : ", ", names[i]);
    if (names.size() > shown) text += fmt::format(" and {} more", names.size() - shown);
    return text;
}

std::string count(std::size_t number, std::string_view noun) {
    return count_of(static_cast<long long>(number), noun);
}

std::vector<std::string> names_in(const std::vector<Row>& rows, std::string_view column) {
    std::vector<std::string> names;
    for (const Row& row : rows) {
        if (std::find(names.begin(), names.end(), row.text(column)) == names.end())
            names.push_back(row.text(column));
    }
    return names;
}

void add_sources(std::vector<Statement>& verdict, const Findings& found) {
    std::vector<std::string> never;
    std::vector<std::string> late;
    for (const Row& source : found.sources) {
        const std::string name = source.text("data_source");
        if (source.integer("is_retired") == 1) continue;
        if (source.text("last_success_at_utc").empty()) {
            never.push_back(name);
        } else if (found.late.contains(name)) {
            late.push_back(name);
        }
    }
    if (!late.empty()) {
        verdict.push_back(
            {fmt::format("{} late: {}",
                         late.size() == 1 ? "1 data source is"
                                          : count(late.size(), "data source") + " are",
                         listed(late)),
             "freshness"});
    }
    if (!never.empty()) {
        verdict.push_back(
            {fmt::format("{} never loaded successfully: {}",
                         never.size() == 1 ? "1 data source was"
                                           : count(never.size(), "data source") + " were",
                         listed(never)),
             "freshness"});
    }
}

void add_runs(std::vector<Statement>& verdict, const Findings& found) {
    std::vector<Row> failed;
    std::copy_if(found.night.begin(), found.night.end(), std::back_inserter(failed),
                 [](const Row& row) {
                     return row.text("transfer_task").empty() && row.text("result") == "failed";
                 });
    if (!failed.empty()) {
        verdict.push_back({fmt::format("{} failed last night: {}", count(failed.size(), "run"),
                                       listed(names_in(failed, "job"))),
                           "night"});
    }
    if (!found.missed.empty()) {
        verdict.push_back(
            {fmt::format("{} did not come: {}", count(found.missed.size(), "expected run"),
                         listed(names_in(found.missed, "job"))),
             "missed"});
    }
    if (!found.failing.empty()) {
        verdict.push_back({fmt::format("{} failed since the last success: {}",
                                       count(found.failing.size(), "task"),
                                       listed(names_in(found.failing, "transfer_task"))),
                           "failures"});
    }
}

void add_syncs(std::vector<Statement>& verdict, const Findings& found) {
    if (found.syncs.empty()) {
        verdict.push_back({"Nothing was ever synced", "syncs"});
        return;
    }
    const Row& last = found.syncs.front();
    const std::string outcome = last.text("outcome");
    if (outcome != "succeeded" && outcome != "running")
        verdict.push_back({fmt::format("The last sync ended as '{}'", outcome), "syncs"});
    const auto started = timestamp_from_text(last.text("started_at_utc"));
    if (started && found.made_at - *started > std::chrono::days{1})
        verdict.push_back({"The last sync is older than a day, so this page may be too", "syncs"});
}

} // namespace

std::vector<Statement> verdict_of(const Findings& found) {
    std::vector<Statement> verdict;
    add_sources(verdict, found);
    add_runs(verdict, found);
    add_syncs(verdict, found);
    return verdict;
}

std::vector<Section> report_sections() {
    return {{"freshness", "Freshness of each data source", put_freshness},
            {"night", "Last night", put_night},
            {"failures", "Failures", put_failures},
            {"trends", "Trends of 30 days", put_trends},
            {"missed", "Missed runs", put_missed},
            {"unknown", "Not attributed", put_unknown},
            {"syncs", "Health of the syncs", put_syncs}};
}

void put_more(Html& html, std::size_t all, std::size_t shown, std::string_view view) {
    if (all <= shown) return;
    const auto line = html.in("p");
    html.text(fmt::format("And {} more: ", all - shown));
    html.put("code", fmt::format("tidemark query {}", view));
}

std::optional<double> number_in(const Row& row, std::string_view column) {
    const std::string text = row.text(column);
    if (text.empty()) return std::nullopt;
    return std::strtod(text.c_str(), nullptr);
}

} // namespace tidemark
