#pragma once

#include <span>
#include <string_view>

namespace tidemark {

/// An SQL file of the repository, embedded at build time.
struct SqlFile {
    std::string_view path; ///< `schema/sqlite/001_history.sql`, `sql/last_successful_load.sql`
    std::string_view text;
};

/// All of them, ordered by path.
std::span<const SqlFile> sql_files();

} // namespace tidemark
