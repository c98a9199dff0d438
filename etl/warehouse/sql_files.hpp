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

/// The files of `schema/DIALECT/`, in the order of the numbers in their names. Files without a
/// number are not included: they are run by hand.
std::vector<SchemaFile> schema_files_of(std::string_view dialect,
                                        std::span<const SqlFile> files = sql_files());

/// Replaces the placeholders for SQL that differs between the databases. Hours, days and seconds
/// are numbers.
///
///     {before MOMENT, HOURS}   the moment that many hours before, to the microsecond
///     {epoch MOMENT}           whole seconds since 1970
///     {micros MOMENT}          whole microseconds since 1970
///     {at SECONDS}             the moment that many seconds after 1970
///     {days LATER, EARLIER}    whole days between two days
///     {utc MOMENT}             a moment of a table in the form for views
///     {leading KEY}            the key, of a table that SQLite shall read before what it joins
///     {calendar DATE_KEY}      joins the calendar, which is contiguous, for {day DATE_KEY}
///     {day DATE_KEY}           the key of that day; -1 for one outside of the calendar, which is
///                              implausible
///
/// Throws Error for any other placeholder, and for wrong arguments.
std::string expand(std::string_view sql, std::string_view dialect);

/// The expanded files of `sql/`; a file of `sql/DIALECT/` replaces the one with the same name. Each
/// view comes after the views in the line `-- uses: a, b` of its header. Throws Error for an
/// unknown view in such a line, and for a cycle.
std::vector<ViewFile> view_files_of(std::string_view dialect,
                                    std::span<const SqlFile> files = sql_files());

/// The expanded files of `sql/verify/`, sorted by name; a file of `sql/verify/DIALECT/` replaces
/// the one with the same name.
std::vector<ViewFile> check_files_of(std::string_view dialect,
                                     std::span<const SqlFile> files = sql_files());

/// The question that a view answers, or the subject of a check: the comment at the beginning of its
/// file, on one line.
std::string description_of(const ViewFile& view);

/// The remedy when a check fails: the line `-- repair: …` of its header; "" without one.
std::string repair_of(const ViewFile& check);

} // namespace tidemark
