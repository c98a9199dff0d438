#pragma once

#include <array>
#include <string>
#include <string_view>

/// Statements for pruning that both databases understand. `chosen` is a condition that selects the
/// executions by their key, with `{}` in place of the key's expression.
namespace tidemark::prune_sql {

/// `chosen` of a statement that names the key so.
std::string with_key(std::string_view chosen, std::string_view key);

/// The statements that add executions and their task runs to the roll-ups by day. `greatest` is the
/// database's function for the larger of two values.
std::array<std::string, 3> roll_ups(std::string_view chosen, std::string_view greatest);

/// Counts log lines by shape: organisation_key, shape_key, job_key, number.
std::string lines_by_shape(std::string_view chosen);

/// Resolves the rejected records of these executions at `moment`.
std::string resolve_rejections(std::string_view chosen, std::string_view moment);

} // namespace tidemark::prune_sql
