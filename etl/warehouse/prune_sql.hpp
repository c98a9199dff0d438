#pragma once

#include <array>
#include <string>
#include <string_view>

/// What both databases do to prune executions, in the words of both. `chosen` is the condition that
/// an expression is one of the executions' keys, with `{}` in the place of the expression.
namespace tidemark::prune_sql {

/// The statements that add what executions and their task runs come to, by day, to the roll-ups.
/// `greatest` is the database's name of the larger of two.
std::array<std::string, 3> roll_ups(std::string_view chosen, std::string_view greatest);

/// The lines of each kind of message: organisation_key, shape_key, job_key, their number.
std::string lines_by_shape(std::string_view chosen);

/// What is rejected of these executions is looked for no more; takes `moment`.
std::string resolve_rejections(std::string_view chosen, std::string_view moment);

/// What becomes of a mark that is stored: the later moment counts.
std::string later_mark(std::string_view greatest);

} // namespace tidemark::prune_sql
