#include "error.hpp"
#include "support/catch.hpp"
#include "warehouse/sql_files.hpp"
#include "warehouse/values.hpp"

#include <set>

using namespace tidemark;

namespace {

std::vector<std::string_view> names_of(const std::vector<ViewFile>& views) {
    std::vector<std::string_view> names;
    for (const ViewFile& view : views)
        names.push_back(view.name);
    return names;
}

} // namespace

TEST_CASE("a dialect's own view takes the place of a common one", "[sql]") {
    const std::vector<SqlFile> files{{"sql/age.sql", "common"},
                                     {"sql/both.sql", "both"},
                                     {"sql/notes/other.sql", "other"},
                                     {"sql/postgres/age.sql", "postgres"},
                                     {"sql/sqlite/age.sql", "sqlite"}};
    const auto views = view_files_of("sqlite", files);
    REQUIRE(names_of(views) == std::vector<std::string_view>{"age", "both"});
    CHECK(views[0].sql == "sqlite");
    CHECK(view_files_of("postgres", files)[0].sql == "postgres");
}

TEST_CASE("checks are the files of a folder of their own, each dialect's in place of common ones",
          "[sql]") {
    const std::vector<SqlFile> files{
        {"sql/verify/count.sql", "-- Counts\n-- agree.\n-- repair: count again\nSELECT 1\n"},
        {"sql/verify/postgres/keys.sql", "postgres"},
        {"sql/verify/sqlite/keys.sql", "sqlite"},
        {"sql/view.sql", "view"}};
    const auto checks = check_files_of("sqlite", files);
    REQUIRE(names_of(checks) == std::vector<std::string_view>{"count", "keys"});
    CHECK(checks[1].sql == "sqlite");
    CHECK(description_of(checks[0]) == "Counts agree.");
    CHECK(repair_of(checks[0]) == "count again");
    CHECK(repair_of(checks[1]).empty());
    CHECK(names_of(view_files_of("sqlite", files)) == std::vector<std::string_view>{"view"});
}

TEST_CASE("a script is cut into its statements, wherever else a semicolon stands", "[sql]") {
    CHECK(statements_of(
              "-- first; not\nSELECT ';', 'it''s;'; ;\n SELECT $$a; 'b$$ -- c;\n;\n-- end;\n") ==
          std::vector<std::string_view>{"-- first; not\nSELECT ';', 'it''s;'",
                                        "\n SELECT $$a; 'b$$ -- c;\n"});
    CHECK(statements_of("SELECT 1") == std::vector<std::string_view>{"SELECT 1"});
    CHECK(statements_of("SELECT 'open; ") == std::vector<std::string_view>{"SELECT 'open; "});
    CHECK(statements_of(" -- nothing\n;").empty());
}

TEST_CASE("a view comes after those that it uses", "[sql]") {
    const std::vector<SqlFile> files{{"sql/a.sql", "-- What?\n-- uses: c, b\nSELECT 1\n"},
                                     {"sql/b.sql", "-- uses: c\nSELECT 1\n"},
                                     {"sql/c.sql", "SELECT 1 -- uses: a\n"}};
    CHECK(names_of(view_files_of("sqlite", files)) == std::vector<std::string_view>{"c", "b", "a"});
}

TEST_CASE("a view cannot use itself or what is not there", "[sql]") {
    const std::vector<SqlFile> circle{{"sql/a.sql", "-- uses: b\n"}, {"sql/b.sql", "-- uses: a\n"}};
    CHECK_THROWS_WITH(view_files_of("sqlite", circle), ContainsSubstring("use each other"));
    const std::vector<SqlFile> missing{{"sql/a.sql", "-- uses: b\n"}};
    CHECK_THROWS_WITH(view_files_of("sqlite", missing), ContainsSubstring("uses 'b'"));
}

TEST_CASE("schema files are ordered by number, not by text", "[sql]") {
    const std::vector<SqlFile> files{{"schema/postgres/001_a.sql", ""},
                                     {"schema/sqlite/for_people.sql", ""},
                                     {"schema/sqlite/1000_d.sql", ""},
                                     {"schema/sqlite/002_b.sql", "b"},
                                     {"schema/sqlite/010_c.sql", ""}};
    const auto schema = schema_files_of("sqlite", files);
    REQUIRE(schema.size() == 3);
    CHECK(schema[0].version == 2);
    CHECK(schema[0].name == "002_b.sql");
    CHECK(schema[0].sql == "b");
    CHECK(schema[2].version == 1000);
}

TEST_CASE("every view says what question it answers", "[sql]") {
    for (const ViewFile& view : view_files_of(GENERATE("sqlite", "postgres"))) {
        CAPTURE(view.name);
        CHECK_THAT(description_of(view), ContainsSubstring("?") || ContainsSubstring("for a star"));
        CHECK_THAT(description_of(view), !ContainsSubstring("uses:"));
    }
}

TEST_CASE("the schema files have numbers of their own", "[sql]") {
    std::set<int> numbers;
    const auto files = schema_files_of(GENERATE("sqlite", "postgres"));
    for (const SchemaFile& file : files)
        numbers.insert(file.version);
    CHECK(numbers.size() == files.size());
    CHECK(*numbers.begin() == 1);
}

TEST_CASE("of rows with one key the last is kept, in its place", "[sql]") {
    struct Row {
        int key;
        char value;
    };
    const std::vector<Row> rows{{1, 'a'}, {2, 'b'}, {1, 'c'}, {3, 'd'}, {2, 'e'}};
    std::string kept;
    for (const Row* row : last_of_each(rows, &Row::key))
        kept += row->value;
    CHECK(kept == "cde");
}

TEST_CASE("what the databases word differently is spelt out for each", "[sql]") {
    const std::string sql =
        "SELECT 1 WHERE a > {before {utc t.ended_at}, days * 24} AND {at b} < c";
    CHECK(
        expand(sql, "postgres") ==
        "SELECT 1 WHERE a > (t.ended_at AT TIME ZONE 'UTC' - (days * 24) * interval '1 hour') AND "
        "to_timestamp(b) < c");
    CHECK(
        expand(sql, "sqlite") ==
        "SELECT 1 WHERE a > (strftime('%Y-%m-%d %H:%M:%S', substr(t.ended_at, 1, 19), '-' || (days "
        "* 24) || ' hours') || substr(t.ended_at, 20)) AND strftime('%Y-%m-%d %H:%M:%f000', b, "
        "'unixepoch') < c");
    CHECK(expand("a = {leading b}", "sqlite") == "a = +b");
    CHECK(expand("a = {leading b}", "postgres") == "a = b");
    CHECK(expand("{day b}", "sqlite") == "calendar_day.date_key");
    CHECK(expand("{micros a}", "postgres") == "(extract(epoch FROM a) * 1000000)::bigint");
    CHECK(expand("{micros a}", "sqlite") ==
          "(CAST(strftime('%s', substr(a, 1, 19)) AS INTEGER) * 1000000 + CAST(substr(a, 21) AS "
          "INTEGER))");
    for (const auto* wrong : {"{later a, 1}", "{before a}", "{at a, b}", "{at}", "{}", "a}"}) {
        CAPTURE(wrong);
        CHECK_THROWS_AS(expand(wrong, "sqlite"), Error);
    }
}
