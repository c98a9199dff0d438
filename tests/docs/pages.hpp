#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark::test {

/// The README's text.
std::string readme();

/// The text of a page under docs/, such as `schema.md`.
std::string page(const std::string& name);

/// Every page for users and developers: those at the root, under docs/ and under tests/, by their
/// paths from the root.
std::map<std::string, std::string> all_pages();

/// From this heading line, such as `## Tables`, to the next one of its level or above. Throws when
/// there is none.
std::string section(std::string_view text, std::string_view heading);

/// The texts of the headings, without those inside of fenced blocks.
std::vector<std::string> headings(std::string_view text);

/// What stands between single backticks.
std::set<std::string> code_words(std::string_view text);

/// The contents of the fenced blocks of a language.
std::vector<std::string> code_blocks(std::string_view text, std::string_view language);

/// The cells of the table rows, without those that head a table or rule it off.
std::vector<std::vector<std::string>> table_rows(std::string_view text);

/// The cells of the one row whose first cell is this. Throws when there is none, or another.
std::vector<std::string> table_row(std::string_view text, std::string_view first);

} // namespace tidemark::test
