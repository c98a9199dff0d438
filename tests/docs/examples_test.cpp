#include "docs/pages.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/program.hpp"
#include "support/sample_config.hpp"
#include "support/temporary_folder.hpp"

#include <sqlite3.h>

#include <memory>

using namespace tidemark::test;

namespace {

/// Both nights of the samples, loaded with the rules of the example.
struct SampleWarehouse : TemporaryFolder {
    SampleWarehouse() {
        write_file(path() / "config.toml", sample_config());
        for (const std::string night : {"night1", "night2"}) {
            const std::string folder = TIDEMARK_REPOSITORY "/tests/samples/" + night;
            const Ran ran = run_tidemark(path(), {"sync", "--from", folder});
            if (ran.exit_code != 0) throw std::runtime_error(ran.err);
        }
    }

    /// How many rows the SQL returns. Throws for SQL that fails.
    [[nodiscard]] int count_rows(const std::string& sql) const {
        sqlite3* opened = nullptr;
        sqlite3_open((path() / "tidemark.db").c_str(), &opened);
        const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> database(opened, &sqlite3_close);
        const auto count = [](void* rows, int, char**, char**) {
            ++*static_cast<int*>(rows);
            return 0;
        };
        int rows = 0;
        if (sqlite3_exec(opened, sql.c_str(), count, &rows, nullptr) != SQLITE_OK)
            throw std::runtime_error(sqlite3_errmsg(opened));
        return rows;
    }
};

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

} // namespace

TEST_CASE("the queries on the pages run on a warehouse and find something", "[docs]") {
    const SampleWarehouse warehouse;
    CHECK(code_blocks(page("schema.md"), "sql").size() >= 4);
    for (const auto& [path, text] : all_pages()) {
        for (const std::string& query : code_blocks(text, "sql")) {
            CAPTURE(path, query);
            CHECK(warehouse.count_rows(query) > 0);
        }
    }
}

TEST_CASE("the README's first table is what the samples give", "[docs]") {
    const SampleWarehouse warehouse;
    const std::string text = readme();
    const auto rows = table_rows(text.substr(0, text.find("\n## ")));
    CHECK(rows.size() >= 3);
    for (const auto& row : rows) {
        CAPTURE(row);
        const std::string sql = "SELECT 1 FROM last_successful_load WHERE data_source = '" +
                                row.at(0) + "' AND substr(last_success_at_utc, 1, 19) = '" +
                                row.at(1) + "' AND transfer_task = '" + row.at(2) +
                                "' AND job = '" + row.at(3) + "'";
        CHECK(warehouse.count_rows(sql) == 1);
    }
}

TEST_CASE("the summary on the page is what a sync of the samples says", "[docs]") {
    const SampleWarehouse warehouse;
    const std::string night2 = TIDEMARK_REPOSITORY "/tests/samples/night2";
    const std::string config = read_file(warehouse / "config.toml");
    write_file(warehouse / "config.toml",
               replaced(config, "sqlite:tidemark.db", "sqlite:again.db"));
    run_tidemark(warehouse.path(), {"sync", "--from", replaced(night2, "night2", "night1")});
    const std::string said = run_tidemark(warehouse.path(), {"sync", "--from", night2}).err;
    const std::string counts = "300 kB read: 8 executions new, 2 changed, 27 unchanged, "
                               "220 log lines new, 4 older not compared";
    for (const std::string& line :
         {std::string{"tidemark: read job 4 of 4, 'Nightly load 4' (41 executions, 300 kB so far)"},
          counts, std::string{"tidemark: job 'Nightly load 5' is gone from the API"}}) {
        CHECK_THAT(said, ContainsSubstring(line));
        CHECK_THAT(page("operations.md"), ContainsSubstring(line));
    }
}
