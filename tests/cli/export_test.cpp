#include "cli/row_printer.hpp"
#include "support/catch.hpp"
#include "support/sample_workspace.hpp"

#include <nlohmann/json.hpp>

#include <sstream>

using namespace tidemark;
using namespace tidemark::test;

namespace {

std::string exported(Format format, const std::vector<std::vector<Value>>& rows,
                     const CsvStyle& style = {}) {
    std::ostringstream out;
    const auto printer = make_row_printer(format, out, style);
    printer->columns({"name", "count"});
    for (const auto& row : rows)
        printer->row(row);
    printer->finish();
    return out.str();
}

} // namespace

TEST_CASE("ndjson is an object a line", "[cli]") {
    const std::string text =
        exported(Format::ndjson, {{"a\nb", std::int64_t{1}}, {"<\x1b[31m>", std::monostate{}}});
    CHECK(text ==
          "{\"name\":\"a\\nb\",\"count\":1}\n{\"name\":\"<\\u001b[31m>\",\"count\":null}\n");
    CHECK(exported(Format::ndjson, {}).empty());
}

TEST_CASE("markdown is a table in which no text is markup", "[cli]") {
    CHECK(exported(Format::markdown, {{"Load_GL", std::int64_t{1}}, {"b", 2.5}}) ==
          "| name | count |\n| --- | ---: |\n| Load_GL | 1 |\n| b | 2.5 |\n");
    CHECK(exported(Format::markdown, {}) == "| name | count |\n| --- | --- |\n");
    CHECK(exported(Format::markdown, {{"<script>a|b_c_ *x* [l](u) `c`\n\\", std::monostate{}}}) ==
          "| name | count |\n| --- | --- |\n"
          "| &lt;script\\>a\\|b_c\\_ \\*x\\* \\[l\\](u) \\`c\\`\\\\n\\\\ |  |\n");
}

TEST_CASE("csv can be written for a spreadsheet in Europe", "[cli]") {
    const CsvStyle europe{.separator = ';', .decimal = ',', .bom = true};
    CHECK(exported(Format::csv,
                   {{"a;b", 1.5}, {"c,d", std::int64_t{-2}}, {"1.5", std::monostate{}}},
                   europe) == "\xEF\xBB\xBFname;count\r\n\"a;b\";1,5\r\nc,d;-2\r\n1.5;\r\n");
    CHECK(exported(Format::csv, {{"a", 1.5}}, {.separator = ',', .decimal = ','}) ==
          "name,count\r\na,\"1,5\"\r\n");
    CHECK(exported(Format::csv, {{"=1+1", 1.5}}, europe).find(";1,5") != std::string::npos);
    CHECK(exported(Format::csv, {{"=1+1", 1.5}}, europe).find("'=1+1") != std::string::npos);
    CHECK(exported(Format::csv, {{"a\tb", 1.5}}, {.separator = '\t'}) ==
          "name\tcount\r\n\"a\tb\"\t1.5\r\n");
}

TEST_CASE("query takes the formats and the options of csv", "[cli]") {
    SampleWorkspace workspace;
    workspace.run({"sync", "--from", samples + "night1"});
    const Ran csv =
        workspace.run({"query", "jobs", "--format", "csv", "--csv-separator", ";", "--bom"});
    CHECK(csv.out.starts_with("\xEF\xBB\xBForganisation;job;job_id;"));
    const Ran lines = workspace.run({"query", "jobs", "--format", "ndjson"});
    CHECK(nlohmann::json::parse(lines.out.substr(0, lines.out.find('\n')))["organisation"] ==
          "default");
    CHECK(workspace.run({"query", "jobs", "--format", "markdown"})
              .out.starts_with("| organisation |"));
    CHECK(workspace.run({"query", "--list"}).out == workspace.run({"query"}).out);
    const Ran wrong = workspace.run({"query", "jobs", "--csv-separator", ":"});
    CHECK(wrong.exit_code == 2);
    CHECK_THAT(wrong.err,
               ContainsSubstring("'--csv-separator' must be one of ',', ';', '|', 'tab'"));
}
