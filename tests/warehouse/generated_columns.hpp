#pragma once

#include "support/files.hpp"

#include <filesystem>
#include <regex>
#include <set>
#include <string>

namespace tidemark::test {

/// Columns that the databases compute, as `table.column`, by what SQLite's schema says of them.
inline const std::set<std::string>& generated_columns() {
    static const std::set<std::string> columns = [] {
        const std::regex generated(R"(ALTER TABLE (\w+) ADD COLUMN (\w+)\s+\w+\s+GENERATED)");
        std::set<std::string> names;
        for (const auto& entry :
             std::filesystem::directory_iterator(TIDEMARK_REPOSITORY "/schema/sqlite")) {
            const std::string sql = read_file(entry.path());
            for (std::sregex_iterator match(sql.begin(), sql.end(), generated), last; match != last;
                 ++match)
                names.insert((*match)[1].str() + '.' + (*match)[2].str());
        }
        return names;
    }();
    return columns;
}

} // namespace tidemark::test
