#include "sync/pruned_world.hpp"

#include <fmt/format.h>

namespace tidemark::test {
namespace {

void sum_up(Sums& sums, const std::string& group, const Row& row, std::string_view duration,
            std::string_view longest, std::int64_t runs) {
    sums[group + " runs"] += runs;
    if (!row.text(duration).empty()) sums[group + " ms"] += row.integer(duration);
    auto& most = sums[group + " longest"];
    if (!row.text(longest).empty()) most = std::max(most, row.integer(longest));
}

} // namespace

PruneTally prune_now(SyncWorld& world, const PruneOptions& options,
                     const std::function<void(const PruneTally&)>& done) {
    const auto writer = world.open(OpenMode::existing);
    const auto lease = writer->lease(default_lease_wait);
    const auto planned = plan_prune(world.config, *writer, options, world_clock());
    return prune(world.config, *writer, *world.open(), options, planned, world_clock(), done);
}

Sums by_day(SyncWorld& world) {
    std::map<std::int64_t, Row> executions;
    std::map<std::int64_t, std::int64_t> source_of;
    Sums sums;
    for (const Row& row : world.rows("transfer_task")) {
        if (!row.text("data_source_key").empty())
            source_of[row.integer("transfer_task_key")] = row.integer("data_source_key");
    }
    for (const Row& row : world.rows("execution")) {
        executions[row.integer("execution_key")] = row;
        const auto group = fmt::format("job {} {} {}", row.text("job_key"), row.text("created_on"),
                                       row.text("state"));
        sum_up(sums, group, row, "duration_ms", "duration_ms", 1);
        sums[group + " lines"] += row.integer("log_count");
    }
    for (const Row& row : world.rows("job_day")) {
        const auto group =
            fmt::format("job {} {} {}", row.text("job_key"), row.text("day"), row.text("state"));
        sum_up(sums, group, row, "duration_ms", "longest_ms", row.integer("runs"));
        sums[group + " lines"] += row.integer("log_lines");
    }
    const auto add_run = [&](const std::string& group, const Row& row, std::string_view longest,
                             std::int64_t runs) {
        sum_up(sums, group, row, "duration_ms", longest, runs);
        if (!row.text("row_count").empty()) sums[group + " rows"] += row.integer("row_count");
    };
    for (const Row& row : world.rows("task_run")) {
        const Row& execution = executions.at(row.integer("execution_key"));
        const auto task = row.integer("transfer_task_key");
        const auto when = execution.text("created_on") + " " + row.text("outcome");
        add_run(fmt::format("task {} {}", task, when), row, "duration_ms", 1);
        if (source_of.contains(task))
            add_run(fmt::format("source {} {}", source_of[task], when), row, "duration_ms", 1);
    }
    for (const Row& row : world.rows("task_day"))
        add_run(fmt::format("task {} {} {}", row.text("transfer_task_key"), row.text("day"),
                            row.text("outcome")),
                row, "longest_ms", row.integer("runs"));
    for (const Row& row : world.rows("source_day"))
        add_run(fmt::format("source {} {} {}", row.text("data_source_key"), row.text("day"),
                            row.text("outcome")),
                row, "longest_ms", row.integer("runs"));
    std::erase_if(sums, [](const auto& sum) { return sum.second == 0; });
    return sums;
}

} // namespace tidemark::test
