#pragma once

#include "warehouse/warehouse.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {
/// An SQL file of the repository, or a text that goes with them (the data dictionary, the Power BI
/// model), embedded at build time.
struct SqlFile {
    std::string_view path; ///< `schema/sqlite/001_history.sql`, `sql/last_successful_load.sql`
    std::string_view text;
};

/// All of them, ordered by path.
std::span<const SqlFile> sql_files();

/// The text of the one of this path. Throws Error when the program was built without it.
std::string_view sql_text(std::string_view path);

/// The statements of a script, each without the semicolon that ends it and with the comments before
/// it: those that stand in quotes, dollar quotes and comments end none.
std::vector<std::string_view> statements_of(std::string_view sql);

/// The files of `schema/DIALECT/`, by the number that their names begin with; those
/// without one are for people to run.
std::vector<SchemaFile> schema_files_of(std::string_view dialect,
                                        std::span<const SqlFile> files = sql_files());

/// SQL with what the databases word differently spelt out. Hours, days and seconds are numbers.
///
///     {before MOMENT, HOURS}   so long before a moment, to the microsecond
///     {epoch MOMENT}           whole seconds since 1970
///     {at SECONDS}             the moment so long after 1970
///     {days LATER, EARLIER}    whole days between two days
///     {utc MOMENT}             a table's moment as views have them
///
/// Throws Error for another word between braces, or other arguments.
std::string expand(std::string_view sql, std::string_view dialect);

/// The files of `sql/`, spelt out, a file of `sql/DIALECT/` taking the place of one of the same
/// name, each after those that its header names in a line `-- uses: a, b`. Throws Error when a
/// header names a view that there is none of, or views use each other in a circle.
std::vector<ViewFile> view_files_of(std::string_view dialect,
                                    std::span<const SqlFile> files = sql_files());

/// The files of `sql/verify/`, a file of `sql/verify/DIALECT/` taking the place of one of the same
/// name, by name.
std::vector<ViewFile> check_files_of(std::string_view dialect,
                                     std::span<const SqlFile> files = sql_files());

/// What question a view answers, or what a check is about: the comment that its file begins with,
/// on one line.
std::string description_of(const ViewFile& view);

/// What to do when a check finds something: its header's line `-- repair: …`; "" without one.
std::string repair_of(const ViewFile& check);

} // namespace tidemark
