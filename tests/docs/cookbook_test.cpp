#include "cli/row_printer.hpp"
#include "docs/pages.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/postgres_server.hpp"
#include "support/sync_world.hpp"

#include <sqlite3.h>

#include <cstdlib>
#include <memory>
#include <regex>
#include <sstream>

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// Both nights of the samples, each synced on its morning.
struct BothNights : SyncWorld {
    explicit BothNights(std::string_view backend) : SyncWorld(backend) {
        for (const auto& [night, morning] : std::map<std::string, std::string>{
                 {"night1", "2026-10-09 06:00:00"}, {"night2", "2026-10-11 06:00:00"}}) {
            set_world_clock(morning);
            FakeSource bodies = sample_night(night);
            sync_from(bodies);
        }
    }
};

Value value_in(sqlite3_stmt* statement, int column) {
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_NULL: return std::monostate{};
    case SQLITE_INTEGER: return sqlite3_column_int64(statement, column);
    case SQLITE_FLOAT: return sqlite3_column_double(statement, column);
    default: break;
    }
    return std::string{reinterpret_cast<const char*>(sqlite3_column_text(statement, column))};
}

/// What the SQL returns, as `tidemark query` prints tables. Throws for SQL that fails.
std::string answer(const std::filesystem::path& file, const std::string& sql) {
    sqlite3* opened = nullptr;
    sqlite3_open(file.c_str(), &opened);
    const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> database(opened, &sqlite3_close);
    sqlite3_stmt* prepared = nullptr;
    if (sqlite3_prepare_v2(opened, sql.c_str(), -1, &prepared, nullptr) != SQLITE_OK)
        throw std::runtime_error(sqlite3_errmsg(opened));
    const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> statement(prepared,
                                                                               &sqlite3_finalize);
    std::ostringstream out;
    const auto printer = make_row_printer(Format::table, out);
    std::vector<std::string> names;
    for (int i = 0; i < sqlite3_column_count(prepared); ++i)
        names.emplace_back(sqlite3_column_name(prepared, i));
    printer->columns(names);
    while (sqlite3_step(prepared) == SQLITE_ROW) {
        std::vector<Value> row;
        for (int i = 0; i < sqlite3_column_count(prepared); ++i)
            row.push_back(value_in(prepared, i));
        printer->row(row);
    }
    printer->finish();
    return out.str();
}

struct Recipe {
    std::string sql;
    std::string printed;
    std::size_t at = 0; ///< where what is told stands on the page
};

std::vector<Recipe> recipes_on(const std::string& text) {
    static const std::regex block("```sql\n([^`]*?);\n```\n\n```text\n([^`]*?)```");
    std::vector<Recipe> recipes;
    for (std::sregex_iterator match(text.begin(), text.end(), block), last; match != last; ++match)
        recipes.push_back({(*match)[1], (*match)[2], static_cast<std::size_t>(match->position(2))});
    return recipes;
}

std::size_t rows_printed(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

} // namespace

TEST_CASE("every question of the cookbook has the answer that stands there", "[dictionary][docs]") {
    const BothNights sqlite("sqlite");
    const BothNights postgres("postgres");
    std::string text = page("cookbook.md");
    const bool writes = std::getenv("TIDEMARK_WRITE_DICTIONARY") != nullptr;
    const auto recipes = recipes_on(text);
    CHECK(recipes.size() >= 20);
    CHECK(recipes.size() == code_blocks(text, "sql").size());
    CHECK(recipes.size() + 1 == headings(text).size());
    for (auto recipe = recipes.rbegin(); recipe != recipes.rend(); ++recipe) {
        CAPTURE(recipe->sql);
        const std::string printed =
            answer(sqlite.config.warehouse.base / "tidemark.db", recipe->sql);
        INFO("run './dev dictionary', which writes the answers anew");
        if (!writes) CHECK(printed == recipe->printed);
        text.replace(recipe->at, recipe->printed.size(), printed);
        const std::string rows = run_sql(postgres.config.warehouse.url,
                                         "SET search_path = " + postgres.config.warehouse.schema +
                                             "; SELECT count(*) FROM (" + recipe->sql + ") answer");
        CHECK(rows == std::to_string(rows_printed(printed) - 2));
    }
    if (writes) write_file(TIDEMARK_REPOSITORY "/docs/cookbook.md", text);
}
