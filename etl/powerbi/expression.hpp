#pragma once

#include "powerbi/tmdl.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark::powerbi {

/// The names in a DAX expression.
struct DaxNames {
    std::vector<ColumnPath> columns; ///< `Runs[State]`; without a table for `[Failed runs]`
    std::set<std::string> tables;    ///< without a column: `COUNTROWS(Runs)`
    std::set<std::string> texts;     ///< literals; they can be names of columns that the query adds
    std::string fault;               ///< an unmatched bracket or quote; "" for none
};

/// Finds the names in DAX, without variables, functions, literals and comments.
DaxNames names_in_dax(std::string_view text);

/// The identifiers in an M expression, without those in texts and comments.
std::set<std::string> names_in_m(std::string_view text);

/// An unmatched bracket or quote in an M expression; "" for none.
std::string fault_in_m(std::string_view text);

} // namespace tidemark::powerbi
