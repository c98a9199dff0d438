#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tidemark::powerbi {

/// An object of a TMDL file, `column 'Job key'` for example, with the objects and properties
/// indented below it.
struct TmdlObject {
    struct Property {
        std::string name;
        std::string
            value; ///< "true" for a property without a value; an expression without its indentation
        int line = 0;
    };

    std::string kind; ///< `table`, `column`, `measure`, …
    std::string name; ///< without quotes; "" for an object without a name, such as `refreshPolicy`
    std::string expression;  ///< after its `=`
    std::string description; ///< its `///` lines
    bool is_quoted = false;  ///< the name is quoted
    int line = 0;
    std::vector<Property> properties;
    std::vector<TmdlObject> children;

    /// nullptr when the object has no such property.
    [[nodiscard]] const Property* property(std::string_view property_name) const;
};

/// Parses a file by its indentation with tabs. Throws Error with `file:line` for invalid TMDL: a
/// name that needs quotes and has none, a quote without an end, a wrong indentation.
std::vector<TmdlObject> parse_tmdl(std::string_view text, std::string_view file);

/// A name for TMDL and DAX: in quotes, unless it has only letters, digits and '_'.
std::string quoted_name(std::string_view name);

/// The parts of `Runs.'Job key'`. The column is "" when there is no dot outside of quotes.
struct ColumnPath {
    std::string table;
    std::string column;
};
ColumnPath column_path(std::string_view text);

} // namespace tidemark::powerbi
