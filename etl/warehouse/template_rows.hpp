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
bool takes_lines_away(std::span<const ShapeLines> lines);

/// What both databases do to a row of `message_shape` or `message_shape_job` that is there already,
/// as the SET list of `ON CONFLICT … DO UPDATE`.

/// The row becomes the one that comes.
constexpr std::string_view replace_shape =
    "mask = excluded.mask, first_seen_at = excluded.first_seen_at,"
    " last_seen_at = excluded.last_seen_at, line_count = excluded.line_count,"
    " worst_severity = excluded.worst_severity, example = excluded.example,"
    " execution_key = excluded.execution_key, rule = excluded.rule, outcome = excluded.outcome";

constexpr std::string_view replace_shape_job =
    "first_seen_at = excluded.first_seen_at, last_seen_at = excluded.last_seen_at,"
    " line_count = excluded.line_count";

/// The lines that come are added; the example, with what is said of it, stays that of the earliest
/// line. `least` and `greatest` are the database's names of these functions.
std::string add_to_shape(std::string_view least, std::string_view greatest);
std::string add_to_shape_job(std::string_view least, std::string_view greatest);

} // namespace tidemark
