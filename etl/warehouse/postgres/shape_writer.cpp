#include "warehouse/postgres/shape_writer.hpp"

#include "warehouse/postgres/json_rows.hpp"
#include "warehouse/postgres/values.hpp"
#include "warehouse/shape_lines.hpp"
#include "warehouse/shape_statements.hpp"

#include <fmt/format.h>

#include <map>
#include <tuple>
#include <utility>

namespace tidemark::postgres {
namespace {

constexpr std::string_view insert_shapes =
    "INSERT INTO message_shape (organisation_key, shape_key, mask, first_seen_at, last_seen_at,"
    " line_count, worst_severity, example, execution_key, rule, outcome)"
    " SELECT organisation_key, shape_key, mask, first_seen_at, last_seen_at,"
    " line_count, worst_severity, example, execution_key, rule, outcome"
    " FROM json_populate_recordset(NULL::message_shape, $1::json)"
    " ON CONFLICT (organisation_key, shape_key) DO UPDATE SET ";

constexpr std::string_view insert_shape_jobs =
    "INSERT INTO message_shape_job (organisation_key, shape_key, job_key, first_seen_at,"
    " last_seen_at, line_count)"
    " SELECT organisation_key, shape_key, job_key, first_seen_at, last_seen_at, line_count"
    " FROM json_populate_recordset(NULL::message_shape_job, $1::json)"
    " ON CONFLICT (organisation_key, shape_key, job_key) DO UPDATE SET ";

template <typename Row>
void upsert(pqxx::work& tx, std::string_view insert, std::string_view update,
            const std::vector<Row>& rows) {
    if (rows.empty()) return;
    exec(tx, fmt::format("{}{}", insert, update), json_array(rows));
}

std::vector<MessageShapeRow> each_once(const std::vector<MessageShapeRow>& rows) {
    std::map<std::pair<Key, std::int64_t>, MessageShapeRow> last;
    for (const MessageShapeRow& row : rows)
        last[{row.organisation_key, row.shape_key}] = row;
    std::vector<MessageShapeRow> kept;
    for (auto& [key, row] : last)
        kept.push_back(std::move(row));
    return kept;
}

std::vector<MessageShapeJobRow> each_once(const std::vector<MessageShapeJobRow>& rows) {
    std::map<std::tuple<Key, std::int64_t, Key>, MessageShapeJobRow> last;
    for (const MessageShapeJobRow& row : rows)
        last[{row.organisation_key, row.shape_key, row.job_key}] = row;
    std::vector<MessageShapeJobRow> kept;
    for (const auto& [key, row] : last)
        kept.push_back(row);
    return kept;
}

} // namespace

void write_shapes(pqxx::work& tx, const Batch& batch) {
    upsert(tx, insert_shapes, replace_shape, each_once(batch.shapes));
    upsert(tx, insert_shape_jobs, replace_shape_job, each_once(batch.shape_jobs));
    upsert(tx, insert_shapes, add_to_shape("least", "greatest"), added_shapes(batch.shape_lines));
    upsert(tx, insert_shape_jobs, add_to_shape_job("least", "greatest"),
           added_shape_jobs(batch.shape_lines));
    if (!takes_lines_away(batch.shape_lines)) return;
    exec(tx, "DELETE FROM message_shape WHERE line_count <= 0");
    exec(tx, "DELETE FROM message_shape_job WHERE line_count <= 0");
}

} // namespace tidemark::postgres
