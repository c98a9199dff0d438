#pragma once

#include "warehouse/sql_files.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tidemark {

/// What people need to know of a column.
struct ColumnNote {
    std::string_view meaning;
    std::string_view unit;    ///< `hours`, `UTC`, `0 or 1`; "" where there is none to speak of
    std::string_view null;    ///< what null means; "" when the column is never null
    std::string_view example; ///< synthetic
};

/// On one line, for a comment in a database.
std::string to_text(const ColumnNote& note);

/// What each table, view and column of a warehouse means: the files of `schema/dictionary/`. What a
/// view answers stands in the view's own file (`description_of`).
class Dictionary {
public:
    /// The embedded files that it is read from.
    static std::vector<SqlFile> files();

    /// Throws Error, with file and line, for a line that is no entry, and for a second entry of one
    /// table or column.
    explicit Dictionary(std::span<const SqlFile> files = sql_files());

    /// What one row of a table is; "" for what has no entry.
    [[nodiscard]] std::string_view table(std::string_view name) const;

    /// What a column of a table or view means; nullptr when nothing says it. What is said of the
    /// table's column comes before what is said of every column of the name.
    [[nodiscard]] const ColumnNote* column(std::string_view relation, std::string_view name) const;

    /// The entries, as relation and column; the relation is "" for columns of any. For tests.
    [[nodiscard]] std::set<std::pair<std::string_view, std::string_view>> entries() const;

private:
    void read(const SqlFile& file);

    std::map<std::string_view, std::string_view> m_tables;
    std::map<std::pair<std::string_view, std::string_view>, ColumnNote> m_columns;
};

} // namespace tidemark
