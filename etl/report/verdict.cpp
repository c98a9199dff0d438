#include "report/sections.hpp"
#include "text/terminal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace tidemark {
namespace {

constexpr std::size_t names_shown = 5;

/// Each name once, in quotes.
std::vector<std::string> names_in(const std::vector<Row>& rows, std::string_view column) {
    std::vector<std::string> names;
    for (const Row& row : rows) {
        std::string name = "'" + row.text(column) + "'";
        if (std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(std::move(name));
    }
    return names;
}

/// `last night`, or its day when runs have stopped coming.
std::string name_of_night(const ReportData& data) {
    constexpr std::chrono::hours still_last{36};
    const auto newest = timestamp_from_text(newest_start(data.night));
    if (!newest || data.made_at - *newest < still_last) return "last night";
    return "in the night before " + Moments(data.zone, data.made_at).full(*newest);
}

void add_runs(std::vector<Statement>& verdict, const ReportData& data) {
    std::vector<Row> failed;
    std::copy_if(data.night.begin(), data.night.end(), std::back_inserter(failed),
                 [](const Row& row) {
                     return row.text("transfer_task").empty() && row.text("result") == "failed";
                 });
    if (!failed.empty()) {
        verdict.push_back(
            {fmt::format("{} failed {}: {}", count_of(failed.size(), "run"), name_of_night(data),
                         listed(names_in(failed, "job"), names_shown)),
             "night"});
    }
    if (!data.missed.empty()) {
        verdict.push_back(
            {fmt::format("{} did not come: {}", count_of(data.missed.size(), "expected run"),
                         listed(names_in(data.missed, "job"), names_shown)),
             "missed"});
    }
    if (!data.failing.empty()) {
        verdict.push_back(
            {fmt::format("{} failed since the last success: {}",
                         count_of(data.failing.size(), "task"),
                         listed(names_in(data.failing, "transfer_task"), names_shown)),
             "failures"});
    }
}

/// As a sentence of the page begins.
std::string capitalised(std::string text) {
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    return text;
}

} // namespace

std::vector<Statement> verdict_of(const ReportData& data) {
    std::vector<Statement> verdict = data.standing.reasons;
    for (Statement& statement : verdict)
        statement.text = capitalised(std::move(statement.text));
    add_runs(verdict, data);
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
