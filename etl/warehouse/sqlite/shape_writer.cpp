#include "warehouse/sqlite/shape_writer.hpp"

#include "warehouse/shape_lines.hpp"
#include "warehouse/shape_statements.hpp"

#include <fmt/format.h>

namespace tidemark::sqlite {
namespace {

constexpr std::string_view insert_shape =
    "INSERT INTO message_shape (organisation_key, shape_key, mask, first_seen_at, last_seen_at,"
    " line_count, worst_severity, example, execution_key, rule, outcome)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (organisation_key, shape_key) DO UPDATE SET ";

constexpr std::string_view insert_shape_job =
    "INSERT INTO message_shape_job (organisation_key, shape_key, job_key, first_seen_at,"
    " last_seen_at, line_count) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (organisation_key, shape_key, job_key) DO UPDATE SET ";

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
      m_add_shape(connection, fmt::format("{}{}", insert_shape, add_to_shape("min", "max"))),
      m_add_shape_job(connection,
                      fmt::format("{}{}", insert_shape_job, add_to_shape_job("min", "max"))),
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
