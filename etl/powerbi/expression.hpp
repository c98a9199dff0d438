#pragma once

#include "powerbi/tmdl.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark::powerbi {

/// What an expression in DAX names.
struct DaxNames {
    std::vector<ColumnPath> columns; ///< `Runs[State]`; without a table for `[Failed runs]`
    std::set<std::string> tables;    ///< that stand alone: `COUNTROWS(Runs)`
    std::set<std::string> texts;     ///< literals, which may name a column that the query adds
    std::string fault; ///< a bracket or quote that is open, or closes nothing; "" for none
};

/// Variables, functions, literals and comments are told from names.
DaxNames names_in_dax(std::string_view text);

/// The identifiers in an expression in M, outside of texts and comments.
std::set<std::string> names_in_m(std::string_view text);

/// The bracket or quote in an expression in M that is open, or closes nothing; "" for none.
std::string fault_in_m(std::string_view text);

} // namespace tidemark::powerbi
