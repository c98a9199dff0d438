#include "docs/dictionary_page.hpp"

#include "warehouse/dictionary.hpp"
#include "warehouse/sql_files.hpp"
#include "warehouse/warehouse.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <regex>
#include <set>

namespace tidemark::test {
namespace {

constexpr std::string_view introduction = R"(# Data dictionary

Every table, view and column of a warehouse: what it means, its unit, what null means, an example, and
its type in each database. The examples are synthetic. This page is written by `./dev dictionary` out of
`schema/dictionary/` and the comments of the files in `sql/`; in PostgreSQL the same words are the
comments of the tables, views and columns (`\d+ last_successful_load` in psql shows them).

Read the views; the tables are what they are made of. Six things hold everywhere:

- Moments are UTC. In views their names end in `_utc`. In SQLite they are text of 26 characters, whose
  order is the order of time; in PostgreSQL `timestamp with time zone` in tables, `timestamp` in views.
- A key (`…_key`) holds within one warehouse, and relates tables and views to each other. An id
  (`…_id`) is the source's own, and holds everywhere.
- A column whose null has no meaning here is never null. A type of `-` is one that SQLite does not
  tell: the column is computed, and each value has a type of its own.
- Views that look back over days count from the newest execution that is stored, so they answer for an old
  history too. `changes_since_yesterday`, `job_news`, `missed_runs` and `new_shapes` count from the last
  sync; ages in hours (`age_hours`, `hours_open`) count from now.
- Views that compare with what is usual have no row where the history is too short to tell; the text of
  each says how much it needs. No row is no proof that all is well: `tidemark status` tells that.
- A transfer task is one name within a data source, whichever job runs it. A task without a data source has
  null there in views, and the key -1 with the name `(unknown)` in the star.

[Views](#views) answer questions, the [star](#star) is for Power BI and its like, and the
[tables](#tables) hold the history.
)";

std::string in_markdown(std::string_view text) {
    return std::regex_replace(std::string{text}, std::regex("<"), "\\<");
}

std::string in_code(std::string_view text) {
    return text.empty() ? std::string{} : fmt::format("`{}`", text);
}

std::string described(const std::string& relation, Warehouse& sqlite, Warehouse& postgres,
                      std::string_view description) {
    const Dictionary dictionary;
    std::string text = fmt::format("\n### `{}`\n\n{}\n\n"
                                   "| column | meaning | unit | null | example | SQLite | "
                                   "PostgreSQL |\n| --- | --- | --- | --- | --- | --- | --- |\n",
                                   relation, in_markdown(description));
    const auto of_sqlite = sqlite.columns(relation);
    for (const ColumnType& column : postgres.columns(relation)) {
        const auto twin = std::ranges::find(of_sqlite, column.name, &ColumnType::name);
        const ColumnNote* note = dictionary.column(relation, column.name);
        text += fmt::format(
            "| `{}` | {} | {} | {} | {} | {} | {} |\n", column.name,
            note == nullptr ? "" : in_markdown(note->meaning), note == nullptr ? "" : note->unit,
            note == nullptr ? "" : in_markdown(note->null),
            note == nullptr ? "" : in_code(note->example),
            twin == of_sqlite.end() || twin->type.empty() ? "-" : twin->type, column.type);
    }
    return text;
}

bool is_of_star(const std::string& view) {
    return view.starts_with("dim_") || view.starts_with("fact_");
}

} // namespace

std::vector<std::string> tables_of(const Warehouse& warehouse) {
    static const std::regex create(R"(CREATE TABLE (\w+))");
    static const std::regex rename(R"(RENAME TO (\w+))");
    std::set<std::string> names;
    std::set<std::string> gone;
    for (const SchemaFile& file : schema_files_of(warehouse.dialect())) {
        const std::string sql{file.sql};
        for (const auto& [regex, found] : {std::pair{&create, &names}, std::pair{&rename, &gone}}) {
            for (std::sregex_iterator match(sql.begin(), sql.end(), *regex), last; match != last;
                 ++match)
                found->insert((*match)[1]);
        }
    }
    for (const std::string& name : gone)
        names.erase(name);
    return {names.begin(), names.end()};
}

std::vector<std::string> views_of(const Warehouse& warehouse) {
    std::set<std::string> names;
    for (const ViewFile& view : view_files_of(warehouse.dialect()))
        names.emplace(view.name);
    return {names.begin(), names.end()};
}

std::string dictionary_page(Warehouse& sqlite, Warehouse& postgres) {
    std::string views = "\n## Views\n";
    std::string star = "\n## Star\n";
    const auto files = view_files_of(postgres.dialect());
    for (const std::string& view : views_of(postgres)) {
        const auto file = std::ranges::find(files, view, &ViewFile::name);
        (is_of_star(view) ? star : views) +=
            described(view, sqlite, postgres, description_of(*file));
    }
    std::string tables = "\n## Tables\n";
    for (const std::string& table : tables_of(postgres))
        tables += described(table, sqlite, postgres, Dictionary{}.table(table));
    return std::string{introduction} + views + star + tables;
}

} // namespace tidemark::test
