#include "warehouse/sqlite/rows.hpp"

namespace tidemark::sqlite {

std::string places_for(const TableOutline& table) {
    std::string places = "VALUES (?";
    for (std::size_t i = 1; i < table.columns.size(); ++i)
        places += ", ?";
    return places + ")";
}

} // namespace tidemark::sqlite
