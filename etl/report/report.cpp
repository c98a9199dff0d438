#include "report/report.hpp"

#include "platform/durable_file.hpp"
#include "report/html.hpp"
#include "report/moments.hpp"
#include "report/sections.hpp"
#include "report/style.hpp"
#include "warehouse/migration.hpp"

#include <fmt/format.h>

namespace tidemark {
namespace {

void put_head(Html& html, const std::string& title) {
    const auto head = html.in("head");
    html.put_empty("meta", {{"charset", "utf-8"}});
    html.put_empty("meta", {{"http-equiv", "Content-Security-Policy"},
                            {"content", fmt::format("default-src 'none'; style-src 'sha256-{}'; "
                                                    "base-uri 'none'; form-action 'none'",
                                                    report_style_sha256)}});
    html.put_empty("meta",
                   {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
    html.put_empty("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
    html.put_empty("meta", {{"name", "referrer"}, {"content", "no-referrer"}});
    html.put("title", title);
    const auto style = html.in("style");
    html.raw(report_style);
}

void put_verdict(Html& html, const ReportData& data) {
    const std::vector<Statement> verdict = verdict_of(data);
    const auto section =
        html.in("section", {{"class", verdict.empty() ? "verdict well" : "verdict"},
                            {"aria-labelledby", "verdict"}});
    html.put("h2", {{"id", "verdict"}},
             verdict.empty() ? "All is well"
                             : fmt::format("{} {} attention", verdict.size(),
                                           verdict.size() == 1 ? "thing needs" : "things need"));
    html.put("p", verdict.empty() ? data.standing.figures +
                                        ". Last night's runs completed, none is missing, and the "
                                        "last sync succeeded."
                                  : data.standing.figures);
    if (verdict.empty()) return;
    const auto list = html.in("ul");
    for (const Statement& statement : verdict) {
        const auto item = html.in("li");
        html.put("a", {{"href", "#" + statement.section}}, statement.text);
    }
}

void put_navigation(Html& html, const std::vector<Section>& sections) {
    const auto nav = html.in("nav", {{"aria-label", "Sections"}});
    const auto list = html.in("ul");
    for (const Section& section : sections) {
        const auto item = html.in("li");
        html.put("a", {{"href", "#" + section.id}}, section.title);
    }
}

void put_header(Html& html, const ReportData& data, const Moments& moments,
                const std::string& title) {
    const auto header = html.in("header");
    html.put("h1", title);
    html.put("p", fmt::format("Made on {} {}. All times are of the zone {}.",
                              to_text(data.zone.day_of(data.made_at)), moments.clock(data.made_at),
                              data.zone.name()));
}

} // namespace

std::string report_page(const ReportData& data) {
    const Moments moments(data.zone, data.made_at);
    const auto sections = report_sections();
    const std::string title = fmt::format("Tidemark: jobs of '{}'", data.organisation);
    Html html;
    html.raw("<!DOCTYPE html>\n");
    {
        const auto document = html.in("html", {{"lang", "en"}});
        put_head(html, title);
        const auto body = html.in("body");
        put_header(html, data, moments, title);
        put_navigation(html, sections);
        {
            const auto main = html.in("main");
            put_verdict(html, data);
            for (const Section& section : sections) {
                const auto element = html.in("section", {{"aria-labelledby", section.id}});
                html.put("h2", {{"id", section.id}}, section.title);
                section.put(html, data, moments);
            }
        }
        const auto footer = html.in("footer");
        html.put("p", "Each table shows what a view of the warehouse gives; tidemark query lists "
                      "them.");
    }
    html.raw("\n");
    return html.page();
}

void write_report(const Config& config, const std::filesystem::path& file, Timestamp now) {
    const auto warehouse = open_warehouse(config.warehouse, OpenMode::read_only);
    require_current_schema(*warehouse);
    replace_file(file, report_page(read_report_data(*warehouse, config, now)));
}

} // namespace tidemark
