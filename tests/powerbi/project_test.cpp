#include "error.hpp"
#include "powerbi/project.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/program.hpp"
#include "support/sample_workspace.hpp"
#include "support/workspace.hpp"
#include "text/utf8.hpp"
#include "warehouse/backends.hpp"
#include "warehouse/own_database.hpp"
#include "warehouse/sqlite/connection.hpp"
#include "warehouse/sqlite/statement.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <regex>
#include <set>

using namespace tidemark;
using namespace tidemark::powerbi;
using namespace tidemark::test;

namespace {

const std::string pages_folder = std::string{report_folder} + "definition/pages/";

std::vector<std::string> texts_in(const nlohmann::json& json, const std::string& key) {
    std::vector<std::string> found;
    for (const auto& [name, value] : json.items()) {
        if (name == key && value.is_string()) {
            found.push_back(value.get<std::string>());
        } else if (value.is_structured()) {
            const auto deeper = texts_in(value, key);
            found.insert(found.end(), deeper.begin(), deeper.end());
        }
    }
    return found;
}

bool overlap(const nlohmann::json& a, const nlohmann::json& b) {
    const auto apart = [&](const char* place, const char* size) {
        return a[place].get<int>() + a[size].get<int>() <= b[place].get<int>() ||
               b[place].get<int>() + b[size].get<int>() <= a[place].get<int>();
    };
    return !apart("x", "width") && !apart("y", "height");
}

/// The SQL that a table's query sends, its parameters filled in as Power Query would.
std::string sql_of(const ModelTable& table) {
    const std::string& source = table.sources.at(0);
    const std::string beginning = "Odbc.Query(Connection, ";
    const auto from = source.find(beginning) + beginning.size();
    std::string sql = source.substr(from, source.find("),\n", from) - from);
    for (const auto& [code, value] :
         {std::pair{"Moment(RangeStart)", "2000-01-01 00:00:00"},
          std::pair{"Moment(RangeEnd)", "2100-01-01 00:00:00"},
          std::pair{"Number.ToText(LogDays, \"0\", \"en-US\")", "36500"}}) {
        for (auto at = sql.find(code); at != std::string::npos; at = sql.find(code))
            sql.replace(at, std::string{code}.size(), std::string{"\""} + value + "\"");
    }
    return std::regex_replace(sql, std::regex("\"( & \")?"), "");
}

std::int64_t count_in(const std::filesystem::path& file, const std::string& query) {
    sqlite::Connection connection(file, sqlite::Access::read_only);
    std::int64_t count = -1;
    sqlite::Statement(connection, "SELECT count(*) FROM (" + query + ")")
        .each([&](const sqlite::Row& row) { count = row.integer(0); });
    return count;
}

SampleWorkspace& loaded_workspace() {
    static SampleWorkspace workspace;
    static const Ran ran = workspace.run({"sync", "--from", samples + "night1"});
    REQUIRE(ran.exit_code == 0);
    return workspace;
}

} // namespace

TEST_CASE("the report has its pages, in order, and nothing on them overlaps", "[powerbi]") {
    const Files files = report_files();
    const auto order = nlohmann::json::parse(files.at(pages_folder + "pages.json"));
    CHECK(order["pageOrder"] == nlohmann::json{"today", "freshness", "failures", "durations",
                                               "timeline", "jobs", "syncs"});
    std::set<std::string> names;
    for (const std::string page : order["pageOrder"]) {
        std::vector<nlohmann::json> positions;
        for (const auto& [path, text] : files) {
            if (!path.starts_with(pages_folder + page + "/visuals/")) continue;
            CAPTURE(path);
            const auto visual = nlohmann::json::parse(text);
            CHECK(names.insert(visual["name"]).second);
            CHECK(path.ends_with(visual["name"].get<std::string>() + "/visual.json"));
            const auto& position = visual["position"];
            CHECK(position["x"].get<int>() + position["width"].get<int>() <= 1280);
            CHECK(position["y"].get<int>() + position["height"].get<int>() <= 720);
            for (const auto& other : positions)
                CHECK_FALSE(overlap(position, other));
            positions.push_back(position);
            CHECK_FALSE(texts_in(visual, "queryRef").empty());
        }
        CAPTURE(page);
        CHECK(positions.size() >= 5);
        CHECK(files.contains(pages_folder + page + "/page.json"));
    }
}

TEST_CASE("every query of the SQLite form runs, and reads the whole view", "[powerbi]") {
    SampleWorkspace& workspace = loaded_workspace();
    const auto file = workspace.path() / "tidemark.db";
    REQUIRE(workspace.run({"powerbi", "queries"}).exit_code == 0);
    const SemanticModel model = read_model(read_files(workspace.path() / "queries"));
    std::int64_t rows = 0;
    for (const ModelTable& table : model.tables) {
        const std::string sql = sql_of(table);
        CAPTURE(table.name, sql);
        const auto expected = table.view == "dim_date" ? "SELECT * FROM dim_date WHERE date_key > 0"
                                                       : "SELECT * FROM " + table.view;
        CHECK(count_in(file, sql) == count_in(file, expected));
        rows += count_in(file, sql);
    }
    CHECK(rows > 100);
}

TEST_CASE("a project is written, checked, and found broken by the program", "[powerbi]") {
    SampleWorkspace& workspace = loaded_workspace();
    const Ran written = workspace.run({"powerbi", "project"});
    CHECK(written.exit_code == 0);
    CHECK(written.out.empty());
    CHECK_THAT(written.err, ContainsSubstring("open Tidemark.pbip"));
    const Ran checked = workspace.run({"powerbi", "project", "--check"});
    CHECK(checked.exit_code == 0);
    CHECK(checked.out.empty());
    const auto file = workspace.path() / "project" / definition_folder / "relationships.tmdl";
    write_file(file, std::regex_replace(read_file(file), std::regex("toColumn: Jobs.'Job key'"),
                                        "toColumn: Jobs.Job"));
    const Ran broken = workspace.run({"powerbi", "project", "--check"});
    CHECK(broken.exit_code == 3);
    CHECK_THAT(broken.out, ContainsSubstring("relates int64 with string"));
    CHECK_THAT(broken.err, ContainsSubstring("3 things are wrong in the project in 'project'"));
    // it was changed by hand
    const Ran refused = workspace.run({"powerbi", "project"});
    CHECK(refused.exit_code == 2);
    CHECK_THAT(refused.err,
               ContainsSubstring("relationships.tmdl' was changed since it was written"));
    CHECK(workspace.run({"powerbi", "project", "--overwrite"}).exit_code == 0);
    CHECK(workspace.run({"powerbi", "project", "--check"}).exit_code == 0);
    CHECK(workspace.run({"powerbi"}).exit_code == 2);
    CHECK(workspace.run({"powerbi", "nowhere", "--check"}).exit_code == 1);
    CHECK(workspace.run({"powerbi", "project", "--check", "--overwrite"}).exit_code == 2);
}

TEST_CASE("a folder of somebody else is left alone", "[powerbi]") {
    const TemporaryFolder folder;
    const Files files{{"a/b.txt", "text"}};
    write_file(folder / "mine.txt", "mine");
    for (const Overwrite overwrite : {Overwrite::unchanged, Overwrite::everything}) {
        CHECK_THROWS_WITH(
            write_project(folder.path(), files, overwrite),
            ContainsSubstring("'tidemark powerbi' did not write; name another folder"));
    }
    CHECK(read_files(folder.path()) == Files{{"mine.txt", "mine"}});
    CHECK_THROWS_WITH(write_project(folder / "mine.txt", files, Overwrite::everything),
                      ContainsSubstring("is no folder"));
}

TEST_CASE("writing again removes what is not written any more, and what was added stays",
          "[powerbi]") {
    const TemporaryFolder folder;
    const auto project = folder / "new" / "project";
    write_project(project, {{"a.txt", "1"}, {"b/c.txt", "2"}}, Overwrite::unchanged);
    write_file(project / "own.txt", "own");
    write_project(project, {{"a.txt", "3"}}, Overwrite::unchanged);
    Files there = read_files(project);
    there.erase(".tidemark-powerbi.json");
    CHECK(there == Files{{"a.txt", "3"}, {"own.txt", "own"}});
    // which was cut off before it wrote a file
    std::filesystem::remove(project / "a.txt");
    write_project(project, {{"a.txt", "4"}}, Overwrite::unchanged);
    CHECK(read_file(project / "a.txt") == "4");
    CHECK_THROWS_WITH(write_project(project, {{"own.txt", "5"}}, Overwrite::unchanged),
                      ContainsSubstring("own.txt' was changed"));
}

TEST_CASE("a call that was cut off leaves a project that the next one goes on with", "[powerbi]") {
    const TemporaryFolder folder;
    const auto project = folder / "project";
    write_project(project, {{"a.txt", "1"}, {"z.txt", "1"}, {"gone.txt", "1"}},
                  Overwrite::unchanged);
    create_directories(project / "m");
    // it ends in the middle: a folder has the name of a file
    CHECK_THROWS_WITH(
        write_project(project, {{"a.txt", "2"}, {"m", "2"}, {"z.txt", "2"}}, Overwrite::unchanged),
        ContainsSubstring("it is a folder"));
    CHECK(read_file(project / "a.txt") == "2");
    CHECK(read_file(project / "z.txt") == "1");
    write_project(project, {{"a.txt", "3"}, {"z.txt", "3"}}, Overwrite::unchanged);
    Files there = read_files(project);
    there.erase(".tidemark-powerbi.json");
    CHECK(there == Files{{"a.txt", "3"}, {"z.txt", "3"}});
    write_file(project / "a.txt", "1"); // an older text is a change by now
    CHECK_THROWS_WITH(write_project(project, {{"a.txt", "4"}}, Overwrite::unchanged),
                      ContainsSubstring("a.txt' was changed"));
}

TEST_CASE("a project removes no file outside of it, and reads no data of Power BI Desktop",
          "[powerbi]") {
    const TemporaryFolder folder;
    const auto project = folder / "project";
    write_project(project, {{"a.txt", "1"}}, Overwrite::unchanged);
    write_file(folder / "mine.txt", "mine");
    write_file(project / ".tidemark-powerbi.json",
               R"({"a.txt": ")" + hash_text("1") + R"(", "../mine.txt": "0", ")" +
                   (folder / "mine.txt").string() + R"(": "0"})");
    create_directories(project / "x.SemanticModel" / ".pbi");
    write_file(project / "x.SemanticModel" / ".pbi" / "cache.abf", "data");
    write_project(project, {{"a.txt", "2"}}, Overwrite::unchanged);
    CHECK(read_file(folder / "mine.txt") == "mine");
    CHECK(read_file(project / "a.txt") == "2");
    CHECK(read_files(project).size() == 2);
}

TEST_CASE("a project for a server names server, database and schema, and no user or secret",
          "[powerbi]") {
    const OwnDatabase database;
    const auto migrated = database.migrated();
    std::string url = database.url();
    url.insert(url.find('@'), ":very-secret");
    const auto warehouse = open_postgres_warehouse(url, "tidemark", OpenMode::read_only);
    const WarehouseAddress address = warehouse->address();
    CHECK(address.file.empty());
    CHECK(address.server == "127.0.0.1:" + std::to_string(postgres_server().port()));
    CHECK(address.schema == "tidemark");
    const Files files = project_files(*warehouse, address);
    const std::string& parameters = files.at(std::string{definition_folder} + "expressions.tmdl");
    CHECK_THAT(parameters, ContainsSubstring("expression Server = \"" + address.server + "\""));
    CHECK_THAT(parameters, ContainsSubstring("expression Database = \"" + address.database + "\""));
    CHECK_THAT(parameters, ContainsSubstring("expression SchemaName = \"tidemark\""));
    for (const auto& [path, text] : files) {
        CAPTURE(path);
        CHECK(text.find("very-secret") == std::string::npos);
        CHECK(text.find("postgres@") == std::string::npos);
        if (path.ends_with(".json") || path.ends_with(".pbids") || path.ends_with(".pbip"))
            CHECK(nlohmann::json::accept(text));
    }
    CHECK(project_files(*warehouse, address) == files); // the same each time
}
