#include "error.hpp"
#include "powerbi/expression.hpp"
#include "powerbi/tmdl.hpp"
#include "support/catch.hpp"

#include <algorithm>

using namespace tidemark;
using namespace tidemark::powerbi;

TEST_CASE("TMDL is read by its indentation", "[powerbi]") {
    const auto objects = parse_tmdl("/// What it is.\n"
                                    "/// In two lines.\n"
                                    "table 'Task runs'\n"
                                    "\tdataCategory: Time\n"
                                    "\n"
                                    "\tmeasure 'It''s long' =\n"
                                    "\t\t\tVAR x = 1\n"
                                    "\n"
                                    "\t\t\tRETURN\n"
                                    "\t\t\t\tx\n"
                                    "\t\tformatString: #,0\n"
                                    "\tcolumn Runs\n"
                                    "\t\tisHidden\n"
                                    "\tpartition p = m\n"
                                    "\t\tsource =\n"
                                    "\t\t\t\tlet a = 1\n"
                                    "\t\t\t\tin a\n"
                                    "\trefreshPolicy\n"
                                    "\t\tpolicyType: basic\n"
                                    "ref table Runs\n",
                                    "some.tmdl");
    REQUIRE(objects.size() == 2);
    const TmdlObject& table = objects[0];
    CHECK(table.name == "Task runs");
    CHECK(table.description == "What it is.\nIn two lines.");
    CHECK(table.property("dataCategory")->value == "Time");
    REQUIRE(table.children.size() == 4);
    CHECK(table.children[0].name == "It's long");
    CHECK(table.children[0].expression == "VAR x = 1\n\nRETURN\n\tx");
    CHECK(table.children[0].property("formatString")->value == "#,0");
    CHECK(table.children[1].property("isHidden")->value == "true");
    CHECK(table.children[2].property("source")->value == "\tlet a = 1\n\tin a");
    CHECK(table.children[3].kind == "refreshPolicy");
    CHECK(objects[1].name == "Runs");
}

TEST_CASE("a name that must stand in quotes, and does not, is refused with its line", "[powerbi]") {
    const auto [text, words] = GENERATE(table<std::string, std::string>(
        {{"table T\n\tmeasure Runs.x = 1\n", "some.tmdl:2: the name 'Runs.x' must stand in quotes"},
         {"table Task runs\n", "some.tmdl:1: the name 'Task runs' must stand in quotes"},
         {"table T\n\tcolumn 'open\n", "some.tmdl:2: a quote is open"},
         {"table T\n\t\t\tisHidden\n", "some.tmdl:2: this line is indented below nothing"},
         {"!\n", "some.tmdl:1: '!' is no object and no property"}}));
    CAPTURE(text);
    CHECK_THROWS_WITH(parse_tmdl(text, "some.tmdl"), ContainsSubstring(words));
}

TEST_CASE("a name is quoted as TMDL and DAX want it", "[powerbi]") {
    CHECK(quoted_name("Runs") == "Runs");
    CHECK(quoted_name("Job key") == "'Job key'");
    CHECK(quoted_name("Runs.x") == "'Runs.x'");
    CHECK(quoted_name("It's") == "'It''s'");
    const ColumnPath path = column_path("'It''s. a'.'Job key'");
    CHECK(path.table == "It's. a");
    CHECK(path.column == "Job key");
    CHECK(column_path("Runs").column.empty());
}

TEST_CASE("what an expression in DAX names is told from what it only says", "[powerbi]") {
    const DaxNames names =
        names_in_dax("VAR Since = UTCNOW() - 1 // Nothing[here]\n"
                     "RETURN /* 'Nor'[here] */\n"
                     "CALCULATE([Failed runs], KEEPFILTERS(Runs[Began at] >= Since))\n"
                     " + COUNTROWS('Task runs') + SUM('It''s'[a]]b])\n"
                     " + COUNTROWS(Dates) + IF(TRUE(), 1.5, \"[Not] 'this'\")");
    std::vector<std::string> columns;
    for (const ColumnPath& path : names.columns)
        columns.push_back(path.table + "/" + path.column);
    CHECK(columns == std::vector<std::string>{"/Failed runs", "Runs/Began at", "It's/a]b"});
    CHECK(names.tables == std::set<std::string>{"Task runs", "Dates"});
    CHECK(names.texts == std::set<std::string>{"[Not] 'this'"});
    CHECK(names.fault.empty());
    CHECK(names_in_dax("SUM(Runs[x]").fault == "a ( is not closed");
    CHECK(names_in_dax("SUM(Runs[x]))").fault == "a ) closes nothing");
    CHECK(names_in_dax("IF(1, \"x)").fault == "a \" is not closed");
}

TEST_CASE("the names in M are those outside of its texts", "[powerbi]") {
    const auto names =
        names_in_m("let #\"My step\" = Odbc.Query(\"Driver=\" & Driver, \"SELECT RangeStart\")"
                   " in #\"My step\" // File");
    CHECK(names.contains("Driver"));
    CHECK(names.contains("My step"));
    CHECK(names.contains("Odbc.Query"));
    CHECK_FALSE(names.contains("RangeStart"));
    CHECK_FALSE(names.contains("File"));
    CHECK(fault_in_m("let a = {1, 2 in a") == "a { is not closed");
    CHECK(fault_in_m("let a = \"{\" in a").empty());
}
