#pragma once

#include "report/html.hpp"
#include "report/moments.hpp"
#include "report/report_data.hpp"

#include <functional>
#include <string>
#include <vector>

namespace tidemark {

/// What needs attention: the reasons of the standing, as a page words them, and what went wrong
/// last night; empty when nothing did.
std::vector<Statement> verdict_of(const ReportData& data);

/// A part of the page: its anchor, its heading, and the function that writes its content.
struct Section {
    std::string id;
    std::string title;
    void (*put)(Html&, const ReportData&, const Moments&);
};

/// All sections, in the order of the page.
std::vector<Section> report_sections();

void put_freshness(Html& html, const ReportData& data, const Moments& moments);
void put_night(Html& html, const ReportData& data, const Moments& moments);
void put_failures(Html& html, const ReportData& data, const Moments& moments);
void put_trends(Html& html, const ReportData& data, const Moments& moments);
void put_missed(Html& html, const ReportData& data, const Moments& moments);
void put_unknown(Html& html, const ReportData& data, const Moments& moments);
void put_syncs(Html& html, const ReportData& data, const Moments& moments);

/// `And 12 more: tidemark query unattributed_tasks` when not all rows of a view are shown.
void put_more(Html& html, std::size_t all, std::size_t shown, std::string_view view);

/// When the newest of these runs began, as the views say it; empty when there is none.
std::string newest_start(const std::vector<Row>& night);

/// A column as a number; nullopt for null.
std::optional<double> number_in(const Row& row, std::string_view column);

} // namespace tidemark
