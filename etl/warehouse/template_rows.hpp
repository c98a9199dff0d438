#pragma once

#include "warehouse/rows.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {
/// Adds the lines of `more` to `shape`, which must be of the same organisation and shape. The
/// example of the earliest line stays. The order of additions does not matter.
void add(MessageShapeRow& shape, const MessageShapeRow& more);

// The sums of a batch's lines, as rows to add to the stored ones: each key once, in the order of
// the keys.
std::vector<MessageShapeRow> added_shapes(std::span<const ShapeLines> lines);
std::vector<MessageShapeJobRow> added_shape_jobs(std::span<const ShapeLines> lines);

/// Whether the lines reduce a count, so that a shape may have no line left.
bool removes_lines(std::span<const ShapeLines> lines);

/// Delete the rows that have no line left, in SQL for both databases.
inline constexpr const char* delete_empty_shapes =
    "DELETE FROM message_shape WHERE line_count <= 0";
inline constexpr const char* delete_empty_shape_jobs =
    "DELETE FROM message_shape_job WHERE line_count <= 0";

/// The assignments for a stored row of `message_shape` or `message_shape_job` that add the new
/// lines, in SQL for both databases. The example, with the columns about it, stays that of the
/// earliest line. `least` and `greatest` are the names of these functions in the database.
std::string add_to_shape(std::string_view least, std::string_view greatest);
std::string add_to_shape_job(std::string_view least, std::string_view greatest);

} // namespace tidemark
