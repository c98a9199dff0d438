#pragma once

#include "warehouse/rows.hpp"

#include <vector>

namespace tidemark {

/// The unit of writing: all of it is stored, or nothing. Rows with a key that is already stored
/// replace the stored row. The same key twice in one batch: the last one wins.
struct Batch {
    std::vector<OrganisationRow> organisations;
    std::vector<JobRow> jobs;
    std::vector<DataSourceRow> data_sources;
    std::vector<TransferTaskRow> transfer_tasks;
    std::vector<ExecutionRow> new_executions;     ///< of which nothing is stored: the bulk path
    std::vector<ExecutionRow> changed_executions; ///< merged with what is stored
    std::vector<ExecutionMark> marks;
    std::vector<Reattribution> reattributed;
    std::vector<LogShape> log_shapes;
    std::vector<Key> removed_transfer_tasks; ///< of which no run is left
    std::vector<Key> removed_data_sources;   ///< of which no transfer task is left
    std::vector<SyncRunRow> sync_runs;
    std::vector<SyncJobRow> sync_jobs;
    std::vector<RejectedRecordRow>
        rejected; ///< of one whose job and content are stored only `resolved_at`
    std::vector<Key> resolved_rejections; ///< `rejected_record_key`s that need no second look now
    Timestamp resolved_at;                ///< since when they do not
    std::vector<HistoryGapRow> gaps;      ///< one that is stored is left alone
    std::vector<WatermarkRow> watermarks;
    std::vector<QueuedRunRow> queued_runs;
    std::vector<AlertRow> alerts;
    std::vector<MessageShapeRow> shapes;
    std::vector<MessageShapeJobRow> shape_jobs;
    std::vector<CalendarDayRow> calendar; ///< in place of all that are stored; empty: they stay

    std::vector<PruneMarkRow> prune_marks; ///< of two the later moment counts
    std::vector<JobDayRow> job_days;       ///< in place of those that are stored
    std::vector<TaskDayRow> task_days;
    std::vector<SourceDayRow> source_days;

    /// Added to what is stored of their shape and job; what has no line left is deleted. They come
    /// with executions of this batch, by which a batch that is stored already is known.
    std::vector<ShapeLines> shape_lines;

    [[nodiscard]] bool empty() const;
};

} // namespace tidemark
