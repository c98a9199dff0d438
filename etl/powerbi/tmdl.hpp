#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tidemark::powerbi {

/// An object of a TMDL file: `column 'Job key'` with what stands indented below it.
struct TmdlObject {
    struct Property {
        std::string name;
        std::string
            value; ///< "true" for a name that stands alone; an expression without its indent
        int line = 0;
    };

    std::string kind;        ///< `table`, `column`, `measure`, …
    std::string name;        ///< without quotes; "" for one that has none, such as `refreshPolicy`
    std::string expression;  ///< behind its `=`
    std::string description; ///< its `///` lines
    bool is_quoted = false;  ///< the name stands in quotes
    int line = 0;
    std::vector<Property> properties;
    std::vector<TmdlObject> children;

    /// nullptr where it has none.
    [[nodiscard]] const Property* property(std::string_view property_name) const;
};

/// The objects of a file, by their indentation with tabs. What TMDL would not take is an Error that
/// begins with `file:line`: a name that must stand in quotes and does not, quotes without an end, a
/// line that is indented below nothing.
std::vector<TmdlObject> parse_tmdl(std::string_view text, std::string_view file);

/// A name as TMDL and DAX write it: in quotes, unless it is of letters, digits and '_'.
std::string quoted_name(std::string_view name);

/// `Runs.'Job key'`, taken apart; the column is "" where no dot stands outside of quotes.
struct ColumnPath {
    std::string table;
    std::string column;
};
ColumnPath column_path(std::string_view text);

} // namespace tidemark::powerbi
