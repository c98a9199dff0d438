// The calls that 'migrate --citus' makes, and their order, recorded by stand-ins for the functions
// of Citus on a plain server. They move nothing: what Citus itself does of it, citus_test.cpp asks.
#include "support/catch.hpp"
#include "support/sample_workspace.hpp"
#include "support/workspace.hpp"
#include "warehouse/own_database.hpp"

#include <algorithm>

using namespace tidemark;
using namespace tidemark::test;
using Catch::Matchers::EndsWith;
using Catch::Matchers::StartsWith;

namespace {

constexpr const char* stand_ins =
    "SET search_path = tidemark;"
    " CREATE TABLE stand_in_call (place serial, call text, mode text);"
    " CREATE TABLE pg_dist_partition (logicalrelid regclass, partmethod \"char\", repmodel "
    "\"char\");"
    " CREATE FUNCTION note(call text) RETURNS void LANGUAGE sql AS $$ INSERT INTO"
    "  tidemark.stand_in_call (call, mode) VALUES"
    "  (call, current_setting('citus.multi_shard_modify_mode', true)) $$;"
    " CREATE FUNCTION create_reference_table(name text) RETURNS void LANGUAGE sql AS $$"
    "  SELECT tidemark.note('on every node: ' || name);"
    "  INSERT INTO tidemark.pg_dist_partition VALUES (name::regclass, 'n', 't') $$;"
    " CREATE FUNCTION create_distributed_table(name text, by text) RETURNS void LANGUAGE sql AS $$"
    "  SELECT tidemark.note('spread: ' || name || ' by ' || by);"
    "  INSERT INTO tidemark.pg_dist_partition VALUES (name::regclass, 'h', 's') $$;"
    " CREATE FUNCTION undistribute_table(name text, cascade_via_foreign_keys boolean)"
    "  RETURNS void LANGUAGE sql AS $$"
    "  SELECT tidemark.note('back: ' || name || CASE WHEN cascade_via_foreign_keys"
    "   THEN ' and what refers to it' ELSE '' END);"
    "  DELETE FROM tidemark.pg_dist_partition WHERE logicalrelid = name::regclass $$";

std::string calls_in(const OwnDatabase& database) {
    const auto calls =
        database.run("SELECT string_agg(call || ' (' || coalesce(mode, 'parallel') ||"
                     " ')', E'\\n' ORDER BY place) FROM tidemark.stand_in_call");
    database.run("DELETE FROM tidemark.stand_in_call");
    return calls;
}

const Workspace& workspace_at(const OwnDatabase& database, Workspace& workspace) {
    database.migrated();
    database.run(stand_ins);
    return workspace;
}

} // namespace

TEST_CASE("of Citus the layout asks, parents first and one node at a time, for one spread table",
          "[postgres]") {
    const OwnDatabase database;
    Workspace place("https://gateway.example", database.url());
    const Workspace& workspace = workspace_at(database, place);
    const Ran ran = workspace.run({"migrate", "--citus"});
    CHECK(ran.exit_code == 0);
    CHECK(ran.err.empty());
    CHECK_THAT(ran.out, ContainsSubstring("table 'execution_log' is spread over the nodes\n"));
    CHECK_THAT(ran.out, ContainsSubstring("table 'execution' is on every node\n"));
    const std::string calls = calls_in(database);
    CHECK_THAT(calls, StartsWith("on every node: organisation (sequential)\n"
                                 "on every node: job (sequential)\n"
                                 "on every node: execution (sequential)\n"));
    CHECK_THAT(calls, EndsWith("\nspread: execution_log by execution_key (sequential)"));
    CHECK(calls.find("spread:") == calls.rfind("spread:"));

    // again: nothing; with one table that a later migration made new: that one
    CHECK_THAT(workspace.run({"migrate", "--citus"}).out, ContainsSubstring("nothing to move"));
    CHECK(calls_in(database).empty());
    database.run("DELETE FROM tidemark.pg_dist_partition"
                 " WHERE logicalrelid = 'tidemark.calendar_day'::regclass");
    CHECK(workspace.run({"migrate", "--citus"}).out ==
          "nothing to do: the schema is this version's\ntable 'calendar_day' is on every node\n");
    CHECK(calls_in(database) == "on every node: calendar_day (sequential)");

    // comments are lost with a table that Citus makes anew, and come back
    database.run("COMMENT ON COLUMN tidemark.job.name IS NULL");
    CHECK_THAT(workspace.run({"migrate", "--no-citus"}).out,
               ContainsSubstring("table 'execution_log' is on one server\n"));
    CHECK_THAT(calls_in(database),
               StartsWith("back: execution_log (sequential)\n"
                          "back: calendar_day and what refers to it (sequential)\n"));
    CHECK(database.run("SELECT col_description('tidemark.job'::regclass, attnum) IS NOT NULL FROM"
                       " pg_attribute WHERE attrelid = 'tidemark.job'::regclass AND attname ="
                       " 'name'") == "t");
    CHECK_THAT(workspace.run({"migrate", "--no-citus"}).out, ContainsSubstring("nothing to move"));
}

TEST_CASE("a table that Citus keeps on the coordinator by itself is put on every node",
          "[postgres]") {
    const OwnDatabase database;
    Workspace place("https://gateway.example", database.url());
    const Workspace& workspace = workspace_at(database, place);
    database.run(
        "INSERT INTO tidemark.pg_dist_partition VALUES ('tidemark.job'::regclass, 'n', 's')");
    workspace.run({"migrate", "--citus"});
    CHECK_THAT(calls_in(database), ContainsSubstring("on every node: job (sequential)"));
}

TEST_CASE("a coordinator that is no node of its cluster is refused, before anything moves",
          "[postgres]") {
    const OwnDatabase database;
    Workspace place("https://gateway.example", database.url());
    const Workspace& workspace = workspace_at(database, place);
    database.run("CREATE TABLE tidemark.pg_dist_node (groupid integer);"
                 " INSERT INTO tidemark.pg_dist_node VALUES (1), (2)");
    const Ran ran = workspace.run({"migrate", "--citus"});
    CHECK(ran.exit_code == 2);
    CHECK_THAT(ran.err, ContainsSubstring("is no node of its own cluster"));
    CHECK(calls_in(database).empty());
    database.run("INSERT INTO tidemark.pg_dist_node VALUES (0)");
    CHECK(workspace.run({"migrate", "--citus"}).exit_code == 0);
    CHECK_FALSE(calls_in(database).empty());
}

TEST_CASE("a server without Citus is told from one, in one line and before anything changes",
          "[postgres]") {
    const OwnDatabase database;
    const Workspace workspace("https://gateway.example", database.url());
    for (const std::string layout : {"--citus", "--no-citus"}) {
        const Ran ran = workspace.run({"migrate", layout});
        CHECK(ran.exit_code == 2);
        CHECK(ran.out.empty());
        CHECK_THAT(ran.err, ContainsSubstring("has no extension 'citus'; name the coordinator"));
        CHECK(std::count(ran.err.begin(), ran.err.end(), '\n') == 1);
    }
    CHECK(database.open()->schema().kind == SchemaKind::empty);
}

TEST_CASE("a SQLite file has no cluster to lie on") {
    SampleWorkspace workspace;
    const Ran ran = workspace.run({"migrate", "--citus"});
    CHECK(ran.exit_code == 2);
    CHECK_THAT(ran.err, ContainsSubstring("a SQLite file is on one machine"));
    CHECK(workspace.run({"migrate", "--citus", "--no-citus"}).exit_code == 2);
}
