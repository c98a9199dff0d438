#pragma once

#include <string>
#include <string_view>

namespace tidemark {

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
