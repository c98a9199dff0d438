#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tidemark {
class Warehouse;
}

namespace tidemark::test {

/// The tables and views of a migrated warehouse, each in the order of their names.
std::vector<std::string> tables_of(const Warehouse& warehouse);
std::vector<std::string> views_of(const Warehouse& warehouse);

/// docs/data-dictionary.md as it has to be, of a migrated warehouse of each kind.
std::string dictionary_page(Warehouse& sqlite, Warehouse& postgres);

} // namespace tidemark::test
