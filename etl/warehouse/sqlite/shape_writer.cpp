#include "warehouse/sqlite/shape_writer.hpp"

#include "warehouse/shape_lines.hpp"

#include <fmt/format.h>

namespace tidemark::sqlite {
namespace {

constexpr std::string_view insert_shape =
    "INSERT INTO message_shape (organisation_key, shape_key, mask, first_seen_at, last_seen_at,"
    " line_count, worst_severity, example, execution_key, rule, outcome)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (organisation_key, shape_key) DO UPDATE SET ";

constexpr std::string_view replace_shape =
    "mask = excluded.mask, first_seen_at = excluded.first_seen_at,"
    " last_seen_at = excluded.last_seen_at, line_count = excluded.line_count,"
    " worst_severity = excluded.worst_severity, example = excluded.example,"
    " execution_key = excluded.execution_key, rule = excluded.rule, outcome = excluded.outcome";

// the right sides see the row as it was, whatever stands before them
constexpr std::string_view add_to_shape =
    "first_seen_at = min(first_seen_at, excluded.first_seen_at),"
    " last_seen_at = max(last_seen_at, excluded.last_seen_at),"
    " line_count = line_count + excluded.line_count,"
    " worst_severity = max(worst_severity, excluded.worst_severity),"
    " example = CASE WHEN {0} THEN excluded.example ELSE message_shape.example END,"
    " execution_key = CASE WHEN {0} THEN excluded.execution_key ELSE message_shape.execution_key "
    "END,"
    " rule = CASE WHEN {0} THEN excluded.rule ELSE message_shape.rule END,"
    " outcome = CASE WHEN {0} THEN excluded.outcome ELSE message_shape.outcome END";

/// Whether the earliest line so far is among those that come.
constexpr std::string_view comes_first =
    "(excluded.first_seen_at, excluded.example, excluded.execution_key)"
    " < (message_shape.first_seen_at, message_shape.example, message_shape.execution_key)";

constexpr std::string_view insert_shape_job =
    "INSERT INTO message_shape_job (organisation_key, shape_key, job_key, first_seen_at,"
    " last_seen_at, line_count) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (organisation_key, shape_key, job_key) DO UPDATE SET ";

constexpr std::string_view replace_shape_job =
    "first_seen_at = excluded.first_seen_at, last_seen_at = excluded.last_seen_at,"
    " line_count = excluded.line_count";

constexpr std::string_view add_to_shape_job =
    "first_seen_at = min(first_seen_at, excluded.first_seen_at),"
    " last_seen_at = max(last_seen_at, excluded.last_seen_at),"
    " line_count = line_count + excluded.line_count";

void run(Statement& statement, const MessageShapeRow& row) {
    statement.run(row.organisation_key, row.shape_key, row.mask, row.first_seen_at,
                  row.last_seen_at, row.line_count, row.worst_severity, row.example,
                  row.execution_key, row.rule,
                  row.outcome ? std::optional{to_text(*row.outcome)} : std::nullopt);
}

void run(Statement& statement, const MessageShapeJobRow& row) {
    statement.run(row.organisation_key, row.shape_key, row.job_key, row.first_seen_at,
                  row.last_seen_at, row.line_count);
}

} // namespace

ShapeWriter::ShapeWriter(Connection& connection)
    : m_shape(connection, fmt::format("{}{}", insert_shape, replace_shape)),
      m_shape_job(connection, fmt::format("{}{}", insert_shape_job, replace_shape_job)),
      m_add_shape(connection,
                  fmt::format("{}{}", insert_shape, fmt::format(add_to_shape, comes_first))),
      m_add_shape_job(connection, fmt::format("{}{}", insert_shape_job, add_to_shape_job)),
      m_forget_shapes(connection, "DELETE FROM message_shape WHERE line_count <= 0"),
      m_forget_shape_jobs(connection, "DELETE FROM message_shape_job WHERE line_count <= 0") {}

void ShapeWriter::write(const Batch& batch) {
    for (const MessageShapeRow& row : batch.shapes)
        run(m_shape, row);
    for (const MessageShapeJobRow& row : batch.shape_jobs)
        run(m_shape_job, row);
    add(batch);
}

void ShapeWriter::add(const Batch& batch) {
    for (const MessageShapeRow& row : added_shapes(batch.shape_lines))
        run(m_add_shape, row);
    for (const MessageShapeJobRow& row : added_shape_jobs(batch.shape_lines))
        run(m_add_shape_job, row);
    if (!takes_lines_away(batch.shape_lines)) return;
    m_forget_shapes.run();
    m_forget_shape_jobs.run();
}

} // namespace tidemark::sqlite
