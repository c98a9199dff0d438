#include "powerbi/check.hpp"
#include "powerbi/project.hpp"
#include "support/catch.hpp"
#include "warehouse/backends.hpp"

#include <algorithm>

using namespace tidemark;
using namespace tidemark::powerbi;
using namespace tidemark::test;

namespace {

std::vector<std::string> all_findings(const Files& files, Warehouse& warehouse) {
    const SemanticModel model = read_model(files);
    auto findings = check_model(model);
    for (const auto& more : {check_sources(model, warehouse), check_report(files, model)})
        findings.insert(findings.end(), more.begin(), more.end());
    return findings;
}

/// Replaces a text of a file, which must be there.
void change(Files& files, const std::string& path, const std::string& from, const std::string& to) {
    std::string& text = files.at(path);
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
}

const std::string definition{definition_folder};
const std::string runs = definition + "tables/Runs.tmdl";
const std::string relationships = definition + "relationships.tmdl";

struct Damage {
    std::string file;
    std::string from;
    std::string to;
    std::string finding; ///< a part of it
};

} // namespace

TEST_CASE("the project that is written agrees with the warehouse", "[powerbi]") {
    const MigratedDatabase db(GENERATE(from_range(backends())));
    const Files files = project_files(*db.warehouse, db.warehouse->address());
    CHECK(all_findings(files, *db.warehouse) == std::vector<std::string>{});
    const SemanticModel model = read_model(files);
    CHECK(model.tables.size() == 13);
    CHECK(model.relationships.size() == 18);
    for (const ModelTable& table : model.tables) {
        CAPTURE(table.name);
        CHECK(table.sources.size() == 1);
        CHECK_FALSE(table.view.empty());
        CHECK(table.has_policy == table.view.starts_with("fact_"));
    }
}

TEST_CASE("what is broken in a project is found, with its file", "[powerbi]") {
    const Damage damage = GENERATE(values<Damage>(
        {{relationships, "toColumn: Jobs.'Job key'", "toColumn: Jobs.Job",
          "relationships.tmdl:1: relationship 'Runs to Jobs' relates int64 with string"},
         {relationships, "toColumn: Jobs.'Job key'", "toColumn: Jobs.'Job kee'",
          "names Jobs.'Job kee', which is no column"},
         {relationships, "\tisActive: false\n", "",
          "there are two active ways from 'Task runs' to"},
         {relationships, "relationship 'Runs to Organisations'\n",
          "relationship again\n\tfromColumn: Runs.'Job key'\n\ttoColumn: Jobs.'Job key'\n\n"
          "relationship 'Runs to Organisations'\n",
          "relationship 'again' is there twice"},
         {runs, "measure 'Open runs'", "measure State",
          "measure 'State' has the name of another field"},
         {runs, "measure 'Open runs'", "measure 'rows LOADED'",
          "measure 'Rows loaded' is in 'Runs' too"},
         {runs, "column 'Is lost'", "column 'is Failed'", "column 'is Failed' is there twice"},
         {runs, "COUNTROWS(Runs)", "COUNTROWS(Rnus)", "uses 'Rnus', which is no table"},
         {runs, "Runs[Is completed] = 1", "Runs[Is complete] = 1",
          "'Completed runs' uses Runs[Is complete], which is no column"},
         {runs, "[Completed runs] + 0", "[Completed] + 0", "uses [Completed], which is no measure"},
         {runs, "COUNTROWS(Runs)", "COUNTROWS(Runs", "'Number of runs': a ( is not closed"},
         {runs, "RangeStart", "RangeBegin", "a refresh policy, and is read without 'RangeStart'"},
         {runs, "\tpartition Runs = m\n", "\tannotation Runs = m\n",
          "table 'Runs' has no partition"},
         {runs, "sourceColumn: state\n", "sourceColumn: status\n",
          "the view 'fact_execution' has no column 'status'"},
         {runs, "dataType: int64", "dataType: string",
          "column 'Run key' is string, 'fact_execution."},
         {runs, "Tidemark_View = fact_execution", "Tidemark_View = fact_executions",
          "the warehouse has no view 'fact_executions'"},
         {definition + "tables/Dates.tmdl", "sortByColumn: Month", "sortByColumn: Moon",
          "is sorted by 'Moon', which 'Dates' does not have"},
         {definition + "expressions.tmdl", "expression LogDays", "expression LogWeeks",
          "nothing uses the parameter 'LogWeeks'"},
         {definition + "expressions.tmdl", "expression RangeEnd", "expression RangeStop",
          "the parameter 'RangeEnd' is used, and is not there"},
         {std::string{report_folder} + "definition/pages/today/visuals/today-failures/visual.json",
          "Failures in the last 24 hours", "Failures of today",
          "the model has no field 'Failures of today' in 'Runs'"},
         {std::string{report_folder} + "definition/report.json", "{", "", "this is no JSON"}}));
    CAPTURE(damage.from, damage.to);
    const MigratedDatabase db("sqlite");
    Files files = project_files(*db.warehouse, db.warehouse->address());
    change(files, damage.file, damage.from, damage.to);
    const auto findings = all_findings(files, *db.warehouse);
    CAPTURE(findings);
    CHECK(std::any_of(findings.begin(), findings.end(), [&](const std::string& finding) {
        return finding.find(damage.finding) != std::string::npos;
    }));
}

TEST_CASE("a column that the driver takes for text needs a step that gives it its type",
          "[powerbi]") {
    const MigratedDatabase db("sqlite");
    Files files = project_files(*db.warehouse, db.warehouse->address());
    const std::string path = definition + "tables/Freshness.tmdl";
    // which SQLite computes, and tells no type of
    change(files, path, "{\"last_success_at_utc\", type datetime}, ", "");
    const auto findings = all_findings(files, *db.warehouse);
    REQUIRE(findings.size() == 1);
    CHECK_THAT(findings[0], ContainsSubstring("column 'Last success at' is dateTime"));
}
