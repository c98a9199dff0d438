#include "warehouse/postgres/prune.hpp"

#include "warehouse/postgres/citus.hpp"
#include "warehouse/postgres/rows.hpp"
#include "warehouse/postgres/values.hpp"
#include "warehouse/prune_sql.hpp"
#include "warehouse/template_rows.hpp"

#include <fmt/format.h>

#include <vector>

namespace tidemark::postgres {
namespace {

constexpr std::string_view chosen = "{} = ANY ($1::bigint[])";

/// By parameters: a cluster that spreads the log lines takes no query over them in an update.
constexpr std::string_view gone_lines =
    "unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[])"
    " AS gone (organisation_key, shape_key, job_key, lines)";

void remove_lines(pqxx::work& tx, const std::string& keys) {
    std::vector<Key> organisations;
    std::vector<std::int64_t> shapes;
    std::vector<Key> jobs;
    std::vector<std::int64_t> lines;
    for (const auto& row : exec(tx, prune_sql::lines_by_shape(chosen), keys)) {
        organisations.push_back(integer_in(row[0]));
        shapes.push_back(integer_in(row[1]));
        jobs.push_back(integer_in(row[2]));
        lines.push_back(integer_in(row[3]));
    }
    if (lines.empty()) return;
    exec(tx,
         fmt::format("UPDATE message_shape_job SET line_count = line_count - gone.lines FROM {}"
                     " WHERE message_shape_job.organisation_key = gone.organisation_key"
                     " AND message_shape_job.shape_key = gone.shape_key"
                     " AND message_shape_job.job_key = gone.job_key",
                     gone_lines),
         array_of(organisations), array_of(shapes), array_of(jobs), array_of(lines));
    exec(tx,
         fmt::format("UPDATE message_shape SET line_count = line_count - less.lines"
                     " FROM (SELECT organisation_key, shape_key, sum(lines)::bigint AS lines"
                     " FROM {} GROUP BY organisation_key, shape_key) less"
                     " WHERE message_shape.organisation_key = less.organisation_key"
                     " AND message_shape.shape_key = less.shape_key",
                     gone_lines),
         array_of(organisations), array_of(shapes), array_of(jobs), array_of(lines));
    exec(tx, delete_empty_shapes);
    exec(tx, delete_empty_shape_jobs);
}

void remove_from(pqxx::work& tx, std::string_view table, const std::string& keys) {
    exec(
        tx,
        fmt::format("DELETE FROM {} WHERE {}", table, prune_sql::with_key(chosen, "execution_key")),
        keys);
}

} // namespace

void prune(pqxx::work& tx, const Pruning& pruning) {
    const std::string keys = array_of(pruning.executions);
    use_one_connection_per_node(tx);
    remove_lines(tx, keys);
    remove_from(tx, "execution_log", keys);
    if (pruning.logs_only) {
        exec(tx,
             fmt::format("UPDATE execution SET logs_pruned_at = $2::timestamptz,"
                         " changed_at = $2::timestamptz WHERE {}",
                         prune_sql::with_key(chosen, "execution_key")),
             keys, to_text(pruning.now));
        return;
    }
    for (const std::string& roll_up : prune_sql::roll_ups(chosen, "greatest"))
        exec(tx, roll_up, keys);
    exec(tx, prune_sql::resolve_rejections(chosen, "$2::timestamptz"), keys, to_text(pruning.now));
    remove_from(tx, "task_run", keys);
    remove_from(tx, "execution_reading", keys);
    remove_from(tx, "execution", keys);
}

void write_pruned(pqxx::work& tx, const Batch& batch) {
    write_rows(tx, batch.prune_marks);
    write_rows(tx, batch.job_days);
    write_rows(tx, batch.task_days);
    write_rows(tx, batch.source_days);
}

} // namespace tidemark::postgres
