// What a distributed PostgreSQL refuses, looked for in the text of the statements: some of it
// whichever tables are distributed, some of it for the log lines, which `schema/postgres/citus.sql`
// spreads.
#include "support/catch.hpp"
#include "support/files.hpp"
#include "warehouse/table_columns.hpp"

#include <algorithm>
#include <filesystem>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace fs = std::filesystem;
using tidemark::test::read_file;

namespace {

/// The tables whose rows may lie on several nodes, by their execution's key.
const std::string distributed = "(execution|execution_log|task_run)";

/// What stands within quotes, put together as the compiler does it.
std::string literals_of(const std::string& code) {
    const std::regex literal(R"re("((?:[^"\\\n]|\\.)*)"(\s*(?="))?)re");
    std::string text;
    for (std::sregex_iterator match(code.begin(), code.end(), literal), last; match != last;
         ++match)
        text += (*match)[1].str() + ((*match)[2].matched ? "" : ";\n");
    return text;
}

std::string without_comments(const std::string& sql) {
    return std::regex_replace(sql, std::regex("--[^\n]*"), "");
}

struct Text {
    fs::path file;
    std::string sql;
};

std::vector<Text> texts_below(const std::string& folder) {
    std::vector<Text> texts;
    for (const auto& entry : fs::recursive_directory_iterator(TIDEMARK_REPOSITORY "/" + folder)) {
        const fs::path& file = entry.path();
        if (file.generic_string().find("/sqlite/") != std::string::npos) continue;
        if (file.extension() == ".sql") texts.push_back({file, without_comments(read_file(file))});
        if (file.extension() == ".cpp" || file.extension() == ".hpp")
            texts.push_back({file, literals_of(read_file(file))});
    }
    return texts;
}

std::vector<std::string> found_in(const std::string& sql, const std::string& pattern) {
    const std::regex wanted(pattern, std::regex::icase);
    std::vector<std::string> found;
    for (std::sregex_iterator match(sql.begin(), sql.end(), wanted), last; match != last; ++match)
        found.push_back(match->str());
    return found;
}

/// What stands in a pair of brackets, and the word in front of them: `EXISTS`, `MATERIALIZED`,
/// `FROM`.
struct Bracket {
    std::string word;
    std::string inside;
};

std::vector<Bracket> brackets_in(const std::string& sql) {
    std::vector<Bracket> found;
    std::vector<std::size_t> open;
    for (std::size_t at = 0; at < sql.size(); ++at) {
        if (sql[at] == '(') open.push_back(at);
        if (sql[at] != ')' || open.empty()) continue;
        const std::size_t begin = open.back();
        open.pop_back();
        const auto end_of_word = sql.find_last_not_of(" \n", begin == 0 ? 0 : begin - 1);
        const auto before = sql.find_last_of(" \n(", end_of_word);
        const auto word = before == std::string::npos
                              ? std::string{}
                              : sql.substr(before + 1, end_of_word - before);
        found.push_back({word, sql.substr(begin + 1, at - begin - 1)});
    }
    return found;
}

bool reads_log_lines(const std::string& sql) {
    return !found_in(sql, R"(\b(FROM|JOIN)\s+execution_log\b)").empty();
}

/// A query whose value is asked for within another one.
bool is_asked_for(const Bracket& bracket) {
    static const std::set<std::string, std::less<>> whole{"AS", "MATERIALIZED", "FROM", "JOIN"};
    return !found_in(bracket.inside, R"(^\s*(SELECT|WITH)\b)").empty() &&
           !whole.contains(bracket.word);
}

/// What is left of a query without its materialized parts.
std::string without_materialized(std::string sql) {
    for (const Bracket& bracket : brackets_in(sql)) {
        if (bracket.word != "MATERIALIZED") continue;
        const auto at = sql.find("(" + bracket.inside + ")");
        if (at != std::string::npos) sql.erase(at, bracket.inside.size() + 2);
    }
    return sql;
}

/// The tables that `schema/postgres/citus.sql` names.
std::set<std::string> placed_tables() {
    const auto sql = without_comments(read_file(TIDEMARK_REPOSITORY "/schema/postgres/citus.sql"));
    std::set<std::string> tables;
    for (const std::string& name : found_in(sql, R"('[a-z_]{3,}')"))
        tables.insert(name.substr(1, name.size() - 2));
    return tables;
}

std::set<std::string> tables_of_schema() {
    std::set<std::string> tables;
    for (const Text& text : texts_below("schema/postgres")) {
        for (const std::string& create : found_in(text.sql, R"(CREATE TABLE \w+)"))
            tables.insert(create.substr(create.rfind(' ') + 1));
    }
    return tables;
}

/// Those that stay on the coordinator: nothing joins log lines to them.
const std::set<std::string> stay{
    "schema_migration", "setting",     "watermark",  "sync_run",   "sync_job", "rejected_record",
    "history_gap",      "unknown_row", "prune_mark", "queued_run", "alert",    "execution_reading",
    "given_start"};

} // namespace

TEST_CASE("a distributed database can run the statements: they keep to its rules", "[sql]") {
    std::vector<Text> texts = texts_below("etl/warehouse");
    for (const Text& text : texts) {
        CAPTURE(text.file);
        // its upserts follow from its description, see below
        CHECK(found_in(text.sql, "INSERT INTO " + distributed + " [^;]*ON CONFLICT").empty());
        CHECK(found_in(text.sql,
                       "UPDATE " + distributed + R"( SET [^;]*\bexecution_key = [^;]* FROM)")
                  .empty());
        CHECK(found_in(text.sql, "_recordset\\(NULL::" + distributed + ",").empty());
        // a worker's parser takes no list without a column
        CHECK(found_in(text.sql, R"(\bSELECT (FROM\b|\)))").empty());
        CHECK(found_in(text.sql, R"(\bRECURSIVE\b)").empty());
        // values are parameters
        CHECK(found_in(text.sql, R"(\b(now|random|clock_timestamp|gen_random_uuid)\(\))").empty());
    }
    const std::string execution = on_conflict(outline_of<ExecutionRow>());
    CHECK(execution.starts_with(" ON CONFLICT (execution_key) DO UPDATE SET "));
    CHECK(execution.find(" execution_key = ") == std::string::npos);
    const std::string line = on_conflict(with_key(outline_of<Log>(), "execution_key"));
    CHECK(line.starts_with(" ON CONFLICT (execution_key, log_id) DO UPDATE SET "));
    CHECK(found_in(line, R"(SET .*\b(execution_key|log_id) = )").empty());
}

TEST_CASE("a distributed database can hold the schema: it has no triggers or rules", "[sql]") {
    const auto texts = texts_below("schema/postgres");
    CHECK(texts.size() > 10);
    for (const Text& text : texts) {
        CAPTURE(text.file);
        CHECK(found_in(text.sql, R"(CREATE (OR REPLACE )?(CONSTRAINT )?(TRIGGER|RULE)\b)").empty());
    }
}

TEST_CASE("log lines on several nodes can be asked for as every view and check asks", "[sql]") {
    int readers = 0;
    for (const Text& text : texts_below("sql")) {
        CAPTURE(text.file);
        for (const Bracket& bracket : brackets_in(text.sql)) {
            CAPTURE(bracket.inside);
            // Citus refuses it where the outer query has a table that is on every node, or a CTE
            CHECK_FALSE((is_asked_for(bracket) && reads_log_lines(bracket.inside)));
        }
        CHECK(found_in(text.sql, R"(\bSELECT FROM\b)").empty());
        if (!reads_log_lines(text.sql)) continue;
        ++readers;
        CHECK(found_in(text.sql, R"(\bRECURSIVE\b)").empty());
        // the order of what a view hands out is that of each node, unless the lines were fetched
        // before
        if (!found_in(text.sql, R"(\nORDER BY)").empty())
            CHECK_FALSE(reads_log_lines(without_materialized(text.sql)));
        for (const std::string& from : found_in(text.sql, R"(\b(FROM|JOIN)\s+\w+)")) {
            const auto table = from.substr(from.find_last_of(" \n") + 1);
            CHECK_FALSE(stay.contains(table));
        }
    }
    CHECK(readers >= 7);
}

TEST_CASE("a cluster has a place for every table, and no key between its nodes", "[sql]") {
    const auto placed = placed_tables();
    CHECK(placed.contains("execution_log"));
    for (const std::string& table : tables_of_schema()) {
        CAPTURE(table);
        CHECK(placed.contains(table) != stay.contains(table));
    }
    for (const Text& text : texts_below("schema/postgres")) {
        CAPTURE(text.file);
        CHECK(found_in(text.sql, R"(REFERENCES execution_log\b)").empty());
        CHECK(found_in(text.sql, R"(ALTER TABLE execution_log ADD (CONSTRAINT|FOREIGN))").empty());
    }
}
