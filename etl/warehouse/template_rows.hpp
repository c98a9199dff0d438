#pragma once

#include "warehouse/rows.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {
/// Takes the lines of `more` into `shape`, of the same organisation and shape: counts are added,
/// the earliest line's example stays. The order in which rows are taken in does not matter.
void add(MessageShapeRow& shape, const MessageShapeRow& more);

// Lines of a batch as rows to be added to what is stored: each key once, in the order of the keys.
std::vector<MessageShapeRow> added_shapes(std::span<const ShapeLines> lines);
std::vector<MessageShapeJobRow> added_shape_jobs(std::span<const ShapeLines> lines);

/// Whether a shape may have no line left afterwards.
bool removes_lines(std::span<const ShapeLines> lines);

/// What both databases assign to a row of `message_shape` or `message_shape_job` that is there
/// already, so that the lines that come are added. The example, with what is said of it, stays that
/// of the earliest line. `least` and `greatest` are the database's names of these functions.
std::string add_to_shape(std::string_view least, std::string_view greatest);
std::string add_to_shape_job(std::string_view least, std::string_view greatest);

} // namespace tidemark
