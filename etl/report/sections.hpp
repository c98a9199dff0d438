#pragma once

#include "report/findings.hpp"
#include "report/html.hpp"
#include "report/moments.hpp"

#include <functional>
#include <string>
#include <vector>

namespace tidemark {

/// A line of the verdict, and the section that tells more.
struct Statement {
    std::string text;
    std::string section;
};

/// What needs attention, the worst first; nothing when all is well.
std::vector<Statement> verdict_of(const Findings& findings);

/// A part of the page: its place in the page's address, its heading, and what writes the rest.
struct Section {
    std::string id;
    std::string title;
    void (*put)(Html&, const Findings&, const Moments&);
};

/// All of them, in the order of the page.
std::vector<Section> report_sections();

void put_freshness(Html& html, const Findings& findings, const Moments& moments);
void put_night(Html& html, const Findings& findings, const Moments& moments);
void put_failures(Html& html, const Findings& findings, const Moments& moments);
void put_trends(Html& html, const Findings& findings, const Moments& moments);
void put_missed(Html& html, const Findings& findings, const Moments& moments);
void put_unknown(Html& html, const Findings& findings, const Moments& moments);
void put_syncs(Html& html, const Findings& findings, const Moments& moments);

/// `And 12 more: tidemark query unattributed_tasks` where not all of a view are shown.
void put_more(Html& html, std::size_t all, std::size_t shown, std::string_view view);

/// A column as a number; nullopt for null.
std::optional<double> number_in(const Row& row, std::string_view column);

} // namespace tidemark
