#include "warehouse/template_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace tidemark {
namespace {

auto place_of_example(const MessageShapeRow& row) {
    return std::tie(row.first_seen_at, row.example, row.execution_key);
}

} // namespace

void add(MessageShapeRow& shape, const MessageShapeRow& more) {
    const auto line_count = shape.line_count + more.line_count;
    const auto last_seen_at = std::max(shape.last_seen_at, more.last_seen_at);
    const auto worst_severity = std::max(shape.worst_severity, more.worst_severity);
    if (place_of_example(more) < place_of_example(shape)) shape = more;
    shape.line_count = line_count;
    shape.last_seen_at = last_seen_at;
    shape.worst_severity = worst_severity;
}

std::vector<MessageShapeRow> added_shapes(std::span<const ShapeLines> lines) {
    std::map<std::pair<Key, std::int64_t>, MessageShapeRow> rows;
    for (const ShapeLines& line : lines) {
        const MessageShapeRow& shape = line.shape;
        const auto [row, is_new] =
            rows.try_emplace({shape.organisation_key, shape.shape_key}, shape);
        if (!is_new) add(row->second, shape);
    }
    std::vector<MessageShapeRow> added;
    for (auto& [key, row] : rows)
        added.push_back(std::move(row));
    return added;
}

std::vector<MessageShapeJobRow> added_shape_jobs(std::span<const ShapeLines> lines) {
    std::map<std::tuple<Key, std::int64_t, Key>, MessageShapeJobRow> rows;
    for (const auto& [job_key, shape] : lines) {
        const MessageShapeJobRow line{.organisation_key = shape.organisation_key,
                                      .shape_key = shape.shape_key,
                                      .job_key = job_key,
                                      .first_seen_at = shape.first_seen_at,
                                      .last_seen_at = shape.last_seen_at,
                                      .line_count = shape.line_count};
        const auto [row, is_new] =
            rows.try_emplace({shape.organisation_key, shape.shape_key, job_key}, line);
        if (is_new) continue;
        row->second.first_seen_at = std::min(row->second.first_seen_at, line.first_seen_at);
        row->second.last_seen_at = std::max(row->second.last_seen_at, line.last_seen_at);
        row->second.line_count += line.line_count;
    }
    std::vector<MessageShapeJobRow> added;
    for (auto& [key, row] : rows)
        added.push_back(row);
    return added;
}

bool removes_lines(std::span<const ShapeLines> lines) {
    return std::any_of(lines.begin(), lines.end(),
                       [](const ShapeLines& line) { return line.shape.line_count < 0; });
}

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
