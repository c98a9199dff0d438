#include "report/pictures.hpp"
#include "report/sections.hpp"

#include <fmt/format.h>

namespace tidemark {
namespace {

/// How a source stands, in words and as a class of its look.
struct Freshness {
    std::string words;
    std::string_view css_class;
};

Freshness freshness_of(const Row& source, const ReportData& data) {
    if (source.integer("is_retired") == 1) return {"retired", "other"};
    if (source.text("last_success_at_utc").empty()) return {"never loaded", "bad"};
    if (source.integer("is_late") == 1) return {"late", "bad"};
    const auto late = data.late.find(source.text("data_source"));
    if (late != data.late.end()) return {"late by habit", "doubtful"};
    if (source.text("last_outcome") == "failed") return {"fine, last run failed", "doubtful"};
    return {"fine", "good"};
}

std::string hours_or_dash(std::optional<double> hours) { return hours ? age_text(*hours) : "–"; }

void put_row(Html& html, const Row& source, const ReportData& data, const Moments& moments) {
    const auto row = html.in("tr");
    const std::string name = source.text("data_source");
    const Freshness freshness = freshness_of(source, data);
    const auto age = number_in(source, "age_hours");
    const auto limit = number_in(source, "max_age_hours");
    const auto gap = data.usual_gap_hours.find(name);
    const auto usual =
        gap == data.usual_gap_hours.end() ? std::nullopt : std::optional<double>{gap->second};
    html.put("th", {{"scope", "row"}}, name);
    html.put("td", {{"class", std::string{freshness.css_class}}}, freshness.words);
    html.put("td", {{"class", "time"}}, moments.full(source.text("last_success_at_utc")));
    html.put("td", {{"class", "number"}}, hours_or_dash(age));
    {
        const auto cell = html.in("td");
        put_age_bar(html, age, limit, usual, freshness.css_class);
    }
    html.put("td", {{"class", "number"}}, hours_or_dash(limit));
    html.put("td", {{"class", "number"}}, hours_or_dash(usual));
    html.put("td", source.text("transfer_task"));
    html.put("td", source.text("job"));
}

} // namespace

void put_freshness(Html& html, const ReportData& data, const Moments& moments) {
    if (data.standing.sources.empty()) {
        html.put("p", "No data source is known yet: the rules found none in the messages.");
        return;
    }
    html.put("p", "The bar is the age of the last success. The thick mark is the limit that "
                  "[freshness] sets, the thin one the usual time between two loads.");
    const auto scrolled = html.in("div", {{"class", "wide"},
                                          {"tabindex", "0"},
                                          {"role", "group"},
                                          {"aria-label", "Freshness of each data source"}});
    const auto table = html.in("table");
    html.put("caption", "When each data source was last loaded successfully");
    {
        const auto head = html.in("thead");
        const auto row = html.in("tr");
        for (const auto& [title, css_class] :
             std::vector<std::pair<std::string_view, std::string>>{{"Data source", ""},
                                                                   {"Standing", ""},
                                                                   {"Last success", ""},
                                                                   {"Age", "number"},
                                                                   {"Age and limit", ""},
                                                                   {"Limit", "number"},
                                                                   {"Usual", "number"},
                                                                   {"By task", ""},
                                                                   {"Of job", ""}}) {
            html.put("th", {{"scope", "col"}, {"class", css_class}}, title);
        }
    }
    const auto body = html.in("tbody");
    for (const Row& source : data.standing.sources)
        put_row(html, source, data, moments);
}

} // namespace tidemark
