#include "warehouse/sql_files.hpp"

#include "error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <utility>

namespace tidemark {
namespace {

constexpr std::string_view comment = "-- ";
constexpr std::string_view uses = "-- uses: ";
constexpr std::string_view repair = "-- repair: ";

struct PathParts {
    std::string_view folder; ///< `sql/sqlite/`
    std::string_view name;   ///< `last_successful_load.sql`
};

PathParts split(std::string_view path) {
    const auto slash = path.rfind('/') + 1;
    return {path.substr(0, slash), path.substr(slash)};
}

std::string_view without_ending(std::string_view name) { return name.substr(0, name.rfind('.')); }

int leading_number(std::string_view name) {
    int number = 0;
    std::from_chars(name.data(), name.data() + name.size(), number);
    return number;
}

std::vector<std::string_view> parts_of(std::string_view text, std::string_view separator) {
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const auto end = text.find(separator);
        parts.push_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + separator.size());
    }
    return parts;
}

/// The comment lines that a file begins with.
std::vector<std::string_view> header(std::string_view sql) {
    auto lines = parts_of(sql, "\n");
    const auto is_code = [](std::string_view line) { return !line.starts_with(comment); };
    lines.erase(std::find_if(lines.begin(), lines.end(), is_code), lines.end());
    return lines;
}

/// What stands behind this beginning of a header's line; "" when no line has it.
std::string_view noted(const ViewFile& view, std::string_view beginning) {
    for (const std::string_view line : header(view.sql)) {
        if (line.starts_with(beginning)) return line.substr(beginning.size());
    }
    return {};
}

std::vector<std::string_view> used_by(const ViewFile& view) {
    return parts_of(noted(view, uses), ", ");
}

/// What stands for `{word A, B}` in both databases: `$1` is A, `$2` is B.
struct Spelling {
    std::string_view word;
    std::size_t arguments;
    std::string_view sqlite;
    std::string_view postgres;
};

constexpr std::array<Spelling, 9> spellings = {{
    // strftime knows milliseconds only: the fraction is put back behind it
    {"before", 2,
     "(strftime('%Y-%m-%d %H:%M:%S', substr($1, 1, 19), '-' || ($2) || ' hours') || substr($1, "
     "20))",
     "($1 - ($2) * interval '1 hour')"},
    {"epoch", 1, "CAST(strftime('%s', substr($1, 1, 19)) AS INTEGER)",
     "floor(extract(epoch FROM $1))::bigint"},
    {"micros", 1,
     "(CAST(strftime('%s', substr($1, 1, 19)) AS INTEGER) * 1000000 + CAST(substr($1, 21) AS "
     "INTEGER))",
     "(extract(epoch FROM $1) * 1000000)::bigint"},
    {"at", 1, "strftime('%Y-%m-%d %H:%M:%f000', $1, 'unixepoch')", "to_timestamp($1)"},
    {"days", 2, "CAST(julianday($1) - julianday($2) AS INTEGER)", "($1 - $2)"},
    {"utc", 1, "$1", "$1 AT TIME ZONE 'UTC'"},
    // SQLite looks nothing up by it, and so begins with its table
    {"leading", 1, "+$1", "$1"},
    // SQLite knows the type of a table's column alone; in PostgreSQL a join of each row costs more
    {"calendar", 1,
     "JOIN calendar_day ON calendar_day.date_key ="
     " CASE WHEN $1 BETWEEN (SELECT min(date_key) FROM calendar_day WHERE date_key > 0)"
     " AND (SELECT max(date_key) FROM calendar_day) THEN $1 ELSE -1 END",
     "CROSS JOIN (SELECT min(date_key) FILTER (WHERE date_key > 0) AS first_key,"
     " max(date_key) AS last_key FROM calendar_day) calendar"},
    {"day", 1, "calendar_day.date_key",
     "CASE WHEN $1 BETWEEN calendar.first_key AND calendar.last_key THEN $1 ELSE -1 END"},
}};

/// One pair of braces without others inside: `before max(started_at), 24`.
std::string expand_once(std::string_view inside, std::string_view dialect) {
    const auto space = std::min(inside.find(' '), inside.size());
    const auto* spelling = std::ranges::find(spellings, inside.substr(0, space), &Spelling::word);
    const auto comma = inside.rfind(", ");
    const std::size_t given = comma == std::string_view::npos ? 1 : 2;
    if (spelling == spellings.end() || space == inside.size() || spelling->arguments != given)
        throw Error(fmt::format("'{{{}}}' is not a known placeholder", inside));
    const auto end = given == 2 ? comma : inside.size();
    const auto first = inside.substr(space + 1, end - space - 1);
    const auto second = given == 2 ? inside.substr(comma + 2) : std::string_view{};
    std::string sql;
    const auto pattern = dialect == "sqlite" ? spelling->sqlite : spelling->postgres;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] != '$')
            sql += pattern[i];
        else
            sql += pattern[++i] == '1' ? first : second;
    }
    return sql;
}

/// The files of a folder, one of its sub-folder DIALECT taking the place of one of the same name.
std::map<std::string_view, ViewFile> files_in(std::string_view folder, std::string_view dialect,
                                              std::span<const SqlFile> files) {
    std::map<std::string_view, ViewFile> found;
    for (const std::string& place : {std::string{folder}, fmt::format("{}{}/", folder, dialect)}) {
        for (const SqlFile& file : files) {
            const auto [in, name] = split(file.path);
            if (in != place) continue;
            found[without_ending(name)] = {.name = without_ending(name),
                                           .sql = expand(file.text, dialect)};
        }
    }
    return found;
}

/// Puts views behind those that they use.
class Ordering {
public:
    explicit Ordering(const std::map<std::string_view, ViewFile>& views) : m_views(views) {}

    void add(std::string_view name, std::string_view user) {
        const auto view = m_views.find(name);
        if (view == m_views.end())
            throw Error(fmt::format("view '{}' uses '{}', which is no view", user, name));
        Visit& visit = m_visits[name];
        if (visit == Visit::going_on)
            throw Error(fmt::format("views '{}' and '{}' use each other", user, name));
        if (visit == Visit::done) return;
        visit = Visit::going_on;
        for (const std::string_view used : used_by(view->second))
            add(used, name);
        m_visits[name] = Visit::done;
        m_ordered.push_back(view->second);
    }

    std::vector<ViewFile> result() { return std::move(m_ordered); }

private:
    enum class Visit { none, going_on, done };
    const std::map<std::string_view, ViewFile>& m_views;
    std::map<std::string_view, Visit> m_visits;
    std::vector<ViewFile> m_ordered;
};

} // namespace

std::string expand(std::string_view sql, std::string_view dialect) {
    std::string spelt{sql};
    for (;;) { // the innermost first
        const auto end = spelt.find('}');
        if (end == std::string::npos) return spelt;
        const auto begin = spelt.rfind('{', end);
        if (begin == std::string::npos) throw Error("a closing brace has no opening one");
        const std::string inside = spelt.substr(begin + 1, end - begin - 1);
        spelt.replace(begin, end - begin + 1, expand_once(inside, dialect));
    }
}

std::string_view sql_text(std::string_view path) {
    const auto files = sql_files();
    const auto found = std::ranges::find(files, path, &SqlFile::path);
    if (found == files.end())
        throw Error(fmt::format("this program was built without its file '{}'", path));
    return found->text;
}

std::vector<std::string_view> statements_of(std::string_view sql) {
    std::vector<std::string_view> statements;
    std::string_view rest = sql;
    std::size_t at = 0;
    bool says_something = false;
    const auto skip_past = [&](std::string_view end) {
        const auto found = rest.find(end, at + end.size());
        at = std::min(found, rest.size() - std::min(end.size(), rest.size())) + end.size();
    };
    while (at < rest.size()) {
        const std::string_view here = rest.substr(at);
        if (here.starts_with("--")) {
            at = std::min(rest.find('\n', at), rest.size());
            continue;
        }
        if (here.front() == ';') {
            if (says_something) statements.push_back(rest.substr(0, at));
            rest.remove_prefix(at + 1);
            at = 0;
            says_something = false;
            continue;
        }
        says_something = says_something || (here.front() != ' ' && here.front() != '\n');
        if (here.front() == '\'')
            skip_past("'");
        else if (here.starts_with("$$"))
            skip_past("$$");
        else
            ++at;
    }
    if (says_something) statements.push_back(rest);
    return statements;
}

std::vector<SchemaFile> schema_files_of(std::string_view dialect, std::span<const SqlFile> files) {
    const auto folder = fmt::format("schema/{}/", dialect);
    std::vector<SchemaFile> schema;
    for (const SqlFile& file : files) {
        const auto [in, name] = split(file.path);
        if (in == folder && leading_number(name) > 0)
            schema.push_back({.version = leading_number(name), .name = name, .sql = file.text});
    }
    std::sort(schema.begin(), schema.end(), [](const SchemaFile& left, const SchemaFile& right) {
        return left.version < right.version;
    });
    return schema;
}

std::vector<ViewFile> view_files_of(std::string_view dialect, std::span<const SqlFile> files) {
    const auto views = files_in("sql/", dialect, files);
    Ordering ordering(views);
    for (const auto& [name, view] : views)
        ordering.add(name, name);
    return ordering.result();
}

std::vector<ViewFile> check_files_of(std::string_view dialect, std::span<const SqlFile> files) {
    std::vector<ViewFile> checks;
    for (const auto& [name, check] : files_in("sql/verify/", dialect, files))
        checks.push_back(check);
    return checks;
}

std::string description_of(const ViewFile& view) {
    std::string description;
    for (const std::string_view line : header(view.sql)) {
        if (line.starts_with(uses) || line.starts_with(repair)) continue;
        if (!description.empty()) description += ' ';
        description += line.substr(comment.size());
    }
    return description;
}

std::string repair_of(const ViewFile& check) { return std::string{noted(check, repair)}; }

} // namespace tidemark
