#include "powerbi/project.hpp"
#include "powerbi/visual.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace tidemark::powerbi {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view schema_root =
    "https://developer.microsoft.com/json-schemas/fabric/item/report/";
constexpr int page_width = 1280;
constexpr int page_height = 720;

struct Page {
    std::string name;
    std::string title;
    std::vector<Visual> visuals;
};

/// Cards stand side by side along the top, four to a page's width.
Area top(int place) { return {20 + 312 * place, 20, 300, 110}; }
/// Beside the cards, where a page has fewer of them.
Area top_slicer(int place) { return {20 + 312 * place, 20, 300, 80}; }
constexpr Area upper{20, 145, 1240, 270};
constexpr Area lower{20, 430, 1240, 275};
constexpr Area lower_left{20, 430, 612, 275};
constexpr Area lower_right{648, 430, 612, 275};
constexpr Area below_top{20, 145, 1240, 560};

Page today() {
    return {
        "today",
        "Today",
        {card("failures", "Failed runs, last 24 hours",
              measure("Runs", "Failures in the last 24 hours"), top(0)),
         card("late", "Late data sources", measure("Freshness", "Late sources"), top(1)),
         card("failing", "Failing tasks", measure("Failing tasks", "Number of failing tasks"),
              top(2)),
         card("sync", "Hours since the last sync", measure("Syncs", "Hours since last sync"),
              top(3)),
         table("failed-runs", "Runs that failed in the last 24 hours (UTC)",
               {column("Failures", "Began at"), column("Failures", "Job"),
                column("Failures", "Failed tasks"), column("Failures", "First error"),
                column("Failures", "Last message"), measure("Failures", "Recent failures")},
               column("Failures", "Began at"), upper),
         table("sources", "Data sources, the oldest first",
               {column("Freshness", "Data source"), measure("Freshness", "Freshness verdict"),
                measure("Freshness", "Hours since last success"),
                column("Freshness", "Limit in hours")},
               measure("Freshness", "Hours since last success"), lower_left),
         table("failing-tasks", "Tasks that fail, the longest streak first",
               {column("Failing tasks", "Transfer task"), column("Failing tasks", "Data source"),
                column("Failing tasks", "Failing since"),
                measure("Failing tasks", "Failures in a row"),
                column("Failing tasks", "Last error")},
               measure("Failing tasks", "Failures in a row"), lower_right)}};
}

Page freshness() {
    return {
        "freshness",
        "Freshness",
        {card("sources", "Data sources", measure("Freshness", "Number of data sources"), top(0)),
         card("late", "Late", measure("Freshness", "Late sources"), top(1)),
         card("never", "Never loaded", measure("Freshness", "Sources never loaded"), top(2)),
         slicer("organisation", "Organisation", column("Data sources", "Organisation"),
                top_slicer(3)),
         chart("ages", "clusteredBarChart", "Hours since the last success",
               {column("Freshness", "Data source")},
               {measure("Freshness", "Hours since last success")}, upper),
         table("all", "When was each data source last loaded? (UTC)",
               {column("Freshness", "Data source"), column("Freshness", "Last success at"),
                measure("Freshness", "Hours since last success"),
                column("Freshness", "Limit in hours"), measure("Freshness", "Freshness verdict"),
                column("Freshness", "Transfer task"), column("Freshness", "Job"),
                column("Freshness", "Last outcome"), column("Freshness", "Last run at")},
               measure("Freshness", "Hours since last success"), lower)}};
}

Page failures() {
    return {
        "failures",
        "Failures",
        {card("failed", "Failed runs", measure("Runs", "Failed runs"), top(0)),
         card("rate", "Success rate", measure("Runs", "Success rate"), top(1)),
         slicer("dates", "Month", column("Dates", "Year and month"), top_slicer(2)),
         slicer("jobs", "Job", column("Jobs", "Job"), top_slicer(3)),
         chart("by-day", "clusteredColumnChart", "Failed runs by day", {column("Dates", "Date")},
               {measure("Runs", "Failed runs")}, {20, 145, 612, 270}),
         chart("by-task", "clusteredBarChart", "Failed runs by task",
               {column("Transfer tasks", "Transfer task")},
               {measure("Task runs", "Failed task runs")}, {648, 145, 612, 270}),
         table("runs", "What they said, the newest first (UTC)",
               {column("Failures", "Began at"), column("Failures", "Job"),
                column("Failures", "Failed tasks"), column("Failures", "First error"),
                column("Failures", "Last message"), measure("Failures", "Number of failures")},
               column("Failures", "Began at"), lower)}};
}

Page durations() {
    return {
        "durations",
        "Durations",
        {card("median", "Median, minutes", measure("Runs", "Median duration in minutes"), top(0)),
         card("percentile", "95th percentile, minutes",
              measure("Runs", "95th percentile of duration in minutes"), top(1)),
         slicer("dates", "Month", column("Dates", "Year and month"), top_slicer(2)),
         slicer("jobs", "Job", column("Jobs", "Job"), top_slicer(3)),
         chart("by-day", "lineChart", "Median and 95th percentile by day, minutes",
               {column("Dates", "Date")},
               {measure("Runs", "Median duration in minutes"),
                measure("Runs", "95th percentile of duration in minutes")},
               upper),
         chart("by-job", "clusteredBarChart", "Average by job, minutes", {column("Jobs", "Job")},
               {measure("Runs", "Average duration in minutes")}, lower_left),
         chart("by-task", "clusteredBarChart", "Average by task, minutes",
               {column("Transfer tasks", "Transfer task")},
               {measure("Task runs", "Average task duration in minutes")}, lower_right)}};
}

Page timeline() {
    Visual gantt = chart(
        "gantt", "barChart", "Runs of the last 24 hours: hours from 24 hours ago",
        {column("Jobs", "Job"), column("Runs", "Began at")},
        {measure("Runs", "Timeline start in hours"), measure("Runs", "Timeline length in hours")},
        {20, 145, 1240, 330});
    gantt.unseen = "Runs.Timeline start in hours";
    gantt.sorted_by = {column("Runs", "Began at")};
    gantt.sorts_upwards = true;
    return {
        "timeline",
        "Timeline",
        {card("runs", "Runs, last 24 hours", measure("Runs", "Runs in the last 24 hours"), top(0)),
         card("failures", "Failed, last 24 hours", measure("Runs", "Failures in the last 24 hours"),
              top(1)),
         card("open", "Open", measure("Runs", "Open runs"), top(2)),
         slicer("organisation", "Organisation", column("Jobs", "Organisation"), top_slicer(3)),
         gantt,
         table("runs", "The same in numbers (UTC)",
               {column("Jobs", "Job"), column("Runs", "Began at"), column("Runs", "Ended at"),
                column("Runs", "State"), measure("Runs", "Timeline start in hours"),
                measure("Runs", "Timeline length in hours")},
               column("Runs", "Began at"), {20, 490, 1240, 215})}};
}

Page jobs() {
    return {"jobs",
            "Jobs",
            {card("runs", "Runs", measure("Runs", "Number of runs"), top(0)),
             card("change", "Runs against the week before",
                  measure("Runs", "Change of runs against the week before"), top(1)),
             card("rows", "Rows loaded", measure("Task runs", "Rows loaded"), top(2)),
             slicer("dates", "Month", column("Dates", "Year and month"), top_slicer(3)),
             table("jobs", "Jobs",
                   {column("Jobs", "Job"), measure("Jobs", "Job verdict"),
                    measure("Runs", "Number of runs"), measure("Runs", "Failed runs"),
                    measure("Runs", "Success rate"), measure("Runs", "Median duration in minutes"),
                    measure("Runs", "95th percentile of duration in minutes"),
                    measure("Task runs", "Rows loaded"), column("Jobs", "Missing since"),
                    column("Jobs", "Excluded since"), column("Jobs", "Job id")},
                   measure("Runs", "Failed runs"), upper),
             chart("runs-by-day", "columnChart", "Runs by day", {column("Dates", "Date")},
                   {measure("Runs", "Completed runs"), measure("Runs", "Failed runs"),
                    measure("Runs", "Open runs")},
                   lower_left),
             chart("rows-by-day", "clusteredColumnChart", "Rows loaded by day",
                   {column("Dates", "Date")}, {measure("Task runs", "Rows loaded")}, lower_right)}};
}

Page syncs() {
    return {
        "syncs",
        "Syncs",
        {card("last", "Last sync ended (UTC)", measure("Syncs", "Last sync ended at"), top(0)),
         card("bad", "Syncs that did not succeed", measure("Syncs", "Syncs that did not succeed"),
              top(1)),
         card("rejected", "Records rejected", measure("Syncs", "Sum of records rejected"), top(2)),
         slicer("organisation", "Organisation", column("Organisations", "Organisation"),
                top_slicer(3)),
         table("syncs", "Syncs, the newest first (UTC)",
               {column("Syncs", "Started at"), column("Syncs", "Organisation"),
                column("Syncs", "Outcome"), column("Syncs", "Duration in seconds"),
                column("Syncs", "Jobs"), column("Syncs", "Jobs failed"),
                column("Syncs", "Runs new"), column("Syncs", "Runs changed"),
                column("Syncs", "Records rejected"), column("Syncs", "Log lines new"),
                column("Syncs", "Error")},
               column("Syncs", "Started at"), below_top)}};
}

std::string written(const Json& json) { return json.dump(2) + "\n"; }

} // namespace

Files report_files() {
    const std::string definition = std::string{report_folder} + "definition/";
    Files files;
    Json order = Json::array();
    for (const Page& page :
         {today(), freshness(), failures(), durations(), timeline(), jobs(), syncs()}) {
        order.push_back(page.name);
        const std::string folder = fmt::format("{}pages/{}/", definition, page.name);
        files[folder + "page.json"] =
            written({{"$schema", fmt::format("{}definition/page/2.0.0/schema.json", schema_root)},
                     {"name", page.name},
                     {"displayName", page.title},
                     {"displayOption", "FitToPage"},
                     {"height", page_height},
                     {"width", page_width}});
        int place = 0;
        for (const Visual& visual : page.visuals) {
            // unique within the report, as bookmarks and links want it
            const std::string name = fmt::format("{}-{}", page.name, visual.name);
            files[fmt::format("{}visuals/{}/visual.json", folder, name)] =
                visual_file(visual, name, 1000 * ++place);
        }
    }
    const Json active = order.front();
    files[definition + "pages/pages.json"] = written(
        {{"$schema", fmt::format("{}definition/pagesMetadata/1.0.0/schema.json", schema_root)},
         {"pageOrder", std::move(order)},
         {"activePageName", active}});
    files[definition + "report.json"] =
        written({{"$schema", fmt::format("{}definition/report/2.1.0/schema.json", schema_root)},
                 {"themeCollection", Json::object()},
                 {"settings",
                  {{"useStylableVisualContainerHeader", true},
                   {"exportDataMode", "AllowSummarized"},
                   {"defaultDrillFilterOtherVisuals", true},
                   {"allowChangeFilterTypes", true},
                   {"useEnhancedTooltips", true},
                   {"useDefaultAggregateDisplayName", true}}}});
    files[definition + "version.json"] = written(
        {{"$schema", fmt::format("{}definition/versionMetadata/1.0.0/schema.json", schema_root)},
         {"version", "2.0.0"}});
    files[std::string{report_folder} + "definition.pbir"] =
        written({{"$schema", fmt::format("{}definitionProperties/2.0.0/schema.json", schema_root)},
                 {"version", "4.0"},
                 {"datasetReference", {{"byPath", {{"path", "../Tidemark.SemanticModel"}}}}}});
    return files;
}

} // namespace tidemark::powerbi
