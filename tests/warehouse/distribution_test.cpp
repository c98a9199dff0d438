// What a distributed PostgreSQL refuses whichever tables are distributed, looked for in the text of
// the statements. It finds no correlated subquery and no recursion: only such a server does.
#include "support/catch.hpp"
#include "support/program.hpp"

#include <algorithm>
#include <filesystem>
#include <regex>
#include <string>
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
        if (file.string().find("/sqlite/") != std::string::npos) continue;
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

} // namespace

TEST_CASE("a distributed database can run the statements: they keep to its rules", "[sql]") {
    std::vector<Text> texts = texts_below("etl/warehouse");
    int upserts = 0;
    for (const Text& text : texts) {
        CAPTURE(text.file);
        for (const std::string& insert :
             found_in(text.sql, "INSERT INTO " + distributed + " [^;]*ON CONFLICT[^;]*")) {
            CAPTURE(insert);
            ++upserts;
            CHECK_FALSE(found_in(insert, R"(ON CONFLICT \([^)]*\bexecution_key\b)").empty());
            CHECK(found_in(insert, R"(SET [^;]*\b(execution_key|log_id) = )").empty());
        }
        CHECK(found_in(text.sql,
                       "UPDATE " + distributed + R"( SET [^;]*\bexecution_key = [^;]* FROM)")
                  .empty());
        CHECK(found_in(text.sql, "_recordset\\(NULL::" + distributed + ",").empty());
        // values are parameters
        CHECK(found_in(text.sql, R"(\b(now|random|clock_timestamp|gen_random_uuid)\(\))").empty());
    }
    CHECK(upserts == 2);
}

TEST_CASE("a distributed database can hold the schema: it has no triggers or rules", "[sql]") {
    const auto texts = texts_below("schema/postgres");
    CHECK(texts.size() > 10);
    for (const Text& text : texts) {
        CAPTURE(text.file);
        CHECK(found_in(text.sql, R"(CREATE (OR REPLACE )?(CONSTRAINT )?(TRIGGER|RULE)\b)").empty());
    }
}
