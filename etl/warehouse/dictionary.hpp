#pragma once

#include "warehouse/sql_files.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tidemark {

/// The description of a column.
struct ColumnNote {
    std::string_view meaning;
    std::string_view unit;    ///< `hours`, `UTC`, `0 or 1`; "" for none
    std::string_view null;    ///< what null means; "" when the column is never null
    std::string_view example; ///< synthetic
};

/// The note on one line, for a comment in a database.
std::string to_text(const ColumnNote& note);

/// The data dictionary: descriptions of all tables, views and columns, from the files of
/// `schema/dictionary/`. The question that a view answers stands in the file of the view
/// (`description_of`).
class Dictionary {
public:
    /// The embedded files of the dictionary.
    static std::vector<SqlFile> files();

    /// Throws Error with file and line for an invalid line, and for a second entry of the same
    /// table or column.
    explicit Dictionary(std::span<const SqlFile> files = sql_files());

    /// The meaning of one row of a table; "" without an entry.
    [[nodiscard]] std::string_view table(std::string_view name) const;

    /// The note for a column of a table or view; nullptr when there is none. A note for this
    /// relation has precedence over a note for all columns of the name.
    [[nodiscard]] const ColumnNote* column(std::string_view relation, std::string_view name) const;

    /// All entries as relation and column, for tests. The relation is "" for a note on all columns
    /// of the name.
    [[nodiscard]] std::set<std::pair<std::string_view, std::string_view>> entries() const;

private:
    void read(const SqlFile& file);

    std::map<std::string_view, std::string_view> m_tables;
    std::map<std::pair<std::string_view, std::string_view>, ColumnNote> m_columns;
};

} // namespace tidemark
