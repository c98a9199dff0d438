#include "config/config.hpp"
#include "docs/pages.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"
#include "warehouse/migration.hpp"
#include "warehouse/sql_files.hpp"

#include <regex>

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// A warehouse that holds nothing but its schema.
struct EmptyWarehouse {
    TemporaryFolder folder;
    std::unique_ptr<Warehouse> warehouse =
        open_warehouse({.url = "sqlite:tidemark.db", .base = folder.path()}, OpenMode::create);

    EmptyWarehouse() {
        const auto lease = warehouse->lease(std::chrono::seconds{1});
        migrate(*warehouse, system_now());
    }

    std::set<std::string> columns(std::string_view name) {
        std::set<std::string> columns;
        warehouse->read(
            name,
            {.columns = [&](const auto& names) { columns.insert(names.begin(), names.end()); },
             .row = [](const auto&) {}});
        return columns;
    }

    std::set<std::string> tables() {
        static const std::regex create(R"(CREATE TABLE (\w+))");
        std::set<std::string> names;
        for (const SchemaFile& file : schema_files_of(warehouse->dialect())) {
            const std::string sql{file.sql};
            for (std::sregex_iterator match(sql.begin(), sql.end(), create), last; match != last;
                 ++match)
                names.insert((*match)[1]);
        }
        return names;
    }

    std::set<std::string> views() {
        std::set<std::string> names;
        for (const ViewFile& view : view_files_of(warehouse->dialect()))
            names.emplace(view.name);
        return names;
    }
};

/// The names in the first cells of a section's table.
std::set<std::string> listed(const std::string& text) {
    std::set<std::string> names;
    for (const auto& row : table_rows(text))
        names.merge(code_words(row.front()));
    return names;
}

void check_columns(EmptyWarehouse& empty, const std::string& text,
                   const std::set<std::string>& names) {
    for (const std::string& name : names) {
        CAPTURE(name);
        CHECK(code_words(table_row(text, "`" + name + "`").back()) == empty.columns(name));
    }
}

} // namespace

TEST_CASE("the page lists every table with its columns, and no other", "[docs]") {
    EmptyWarehouse empty;
    const std::string text = section(page("schema.md"), "## Tables");
    CHECK(empty.tables().size() >= 12);
    CHECK(listed(text) == empty.tables());
    check_columns(empty, text, empty.tables());
}

TEST_CASE("the page lists every view with its columns, and no other", "[docs]") {
    EmptyWarehouse empty;
    const std::string text = section(page("schema.md"), "## Views");
    CHECK(empty.views().contains("last_successful_load"));
    CHECK(listed(text) == empty.views());
    check_columns(empty, text, empty.views());
}

TEST_CASE("a timestamp of a view is named for UTC, and every view names the organisation",
          "[docs]") {
    EmptyWarehouse empty;
    for (const std::string& view : empty.views()) {
        CAPTURE(view);
        const auto columns = empty.columns(view);
        // a fact says it by its key, and a day belongs to nobody
        if (view != "dim_date") {
            CHECK(
                columns.contains(view.starts_with("fact_") ? "organisation_key" : "organisation"));
        }
        for (const std::string& column : columns) {
            CAPTURE(column);
            CHECK_FALSE(column.ends_with("_at"));
        }
    }
}
