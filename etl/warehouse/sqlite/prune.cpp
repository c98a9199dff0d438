#include "warehouse/sqlite/prune.hpp"

#include "warehouse/prune_sql.hpp"
#include "warehouse/sqlite/rows.hpp"
#include "warehouse/template_rows.hpp"

#include <fmt/format.h>

#include <vector>

namespace tidemark::sqlite {
namespace {

/// `?1` is an array in JSON.
constexpr std::string_view chosen = "{} IN (SELECT value FROM json_each(?1))";

struct ShapeLine {
    Key organisation_key = 0;
    std::int64_t shape_key = 0;
    Key job_key = 0;
    std::int64_t lines = 0;
};

void remove_lines(Connection& connection, const std::string& keys) {
    std::vector<ShapeLine> gone;
    Statement(connection, prune_sql::lines_by_shape(chosen))
        .each(
            [&](const Row& row) {
                gone.push_back({row.integer(0), row.integer(1), row.integer(2), row.integer(3)});
            },
            keys);
    Statement of_job(connection, "UPDATE message_shape_job SET line_count = line_count - ?"
                                 " WHERE organisation_key = ? AND shape_key = ? AND job_key = ?");
    Statement as_a_whole(connection, "UPDATE message_shape SET line_count = line_count - ?"
                                     " WHERE organisation_key = ? AND shape_key = ?");
    for (const ShapeLine& line : gone) {
        of_job.run(line.lines, line.organisation_key, line.shape_key, line.job_key);
        as_a_whole.run(line.lines, line.organisation_key, line.shape_key);
    }
    Statement(connection, delete_empty_shapes).run();
    Statement(connection, delete_empty_shape_jobs).run();
}

void remove_from(Connection& connection, std::string_view table, const std::string& keys) {
    Statement(connection, fmt::format("DELETE FROM {} WHERE {}", table,
                                      prune_sql::with_key(chosen, "execution_key")))
        .run(keys);
}

} // namespace

void prune(Connection& connection, const Pruning& pruning) {
    const std::string keys = fmt::format("[{}]", fmt::join(pruning.executions, ","));
    Transaction transaction(connection);
    remove_lines(connection, keys);
    remove_from(connection, "execution_log", keys);
    if (pruning.logs_only) {
        Statement(connection,
                  fmt::format("UPDATE execution SET logs_pruned_at = ?2, changed_at = ?2 WHERE {}",
                              prune_sql::with_key(chosen, "execution_key")))
            .run(keys, pruning.now);
    } else {
        for (const std::string& roll_up : prune_sql::roll_ups(chosen, "max"))
            Statement(connection, roll_up).run(keys);
        Statement(connection, prune_sql::resolve_rejections(chosen, "?2")).run(keys, pruning.now);
        remove_from(connection, "task_run", keys);
        remove_from(connection, "execution_reading", keys);
        remove_from(connection, "execution", keys);
    }
    transaction.commit();
}

void write_pruned(Connection& connection, const Batch& batch) {
    if (!batch.prune_marks.empty()) RowWriter<PruneMarkRow>(connection).write(batch.prune_marks);
    if (!batch.job_days.empty()) RowWriter<JobDayRow>(connection).write(batch.job_days);
    if (!batch.task_days.empty()) RowWriter<TaskDayRow>(connection).write(batch.task_days);
    if (!batch.source_days.empty()) RowWriter<SourceDayRow>(connection).write(batch.source_days);
}

} // namespace tidemark::sqlite
