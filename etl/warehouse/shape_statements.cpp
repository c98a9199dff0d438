#include "warehouse/shape_statements.hpp"

#include <fmt/format.h>

namespace tidemark {

std::string add_to_shape(std::string_view least, std::string_view greatest) {
    // whether the earliest line so far is among those that come
    constexpr std::string_view comes_first =
        "(excluded.first_seen_at, excluded.example, excluded.execution_key)"
        " < (message_shape.first_seen_at, message_shape.example, message_shape.execution_key)";
    // the right sides see the row as it was, whatever stands before them
    return fmt::format(
        "first_seen_at = {0}(message_shape.first_seen_at, excluded.first_seen_at),"
        " last_seen_at = {1}(message_shape.last_seen_at, excluded.last_seen_at),"
        " line_count = message_shape.line_count + excluded.line_count,"
        " worst_severity = {1}(message_shape.worst_severity, excluded.worst_severity),"
        " example = CASE WHEN {2} THEN excluded.example ELSE message_shape.example END,"
        " execution_key ="
        " CASE WHEN {2} THEN excluded.execution_key ELSE message_shape.execution_key END,"
        " rule = CASE WHEN {2} THEN excluded.rule ELSE message_shape.rule END,"
        " outcome = CASE WHEN {2} THEN excluded.outcome ELSE message_shape.outcome END",
        least, greatest, comes_first);
}

std::string add_to_shape_job(std::string_view least, std::string_view greatest) {
    return fmt::format(
        "first_seen_at = {}(message_shape_job.first_seen_at, excluded.first_seen_at),"
        " last_seen_at = {}(message_shape_job.last_seen_at, excluded.last_seen_at),"
        " line_count = message_shape_job.line_count + excluded.line_count",
        least, greatest);
}

} // namespace tidemark
