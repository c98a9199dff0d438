#pragma once

#include "warehouse/pruned_rows.hpp"
#include "warehouse/rows.hpp"

#include <optional>
#include <vector>

namespace tidemark {

/// The changes of a stored execution by the current configuration.
struct Reattribution {
    Key execution_key = 0;
    Timestamp changed_at;         ///< of the execution from now on
    State state = State::unknown; ///< when it is no longer open, it is neither lost nor abandoned
    Date created_on;
    LocalTime created_at_local;
    std::optional<std::vector<TaskRunRow>> task_runs; ///< replace all stored ones; null: these stay
};

/// Sets the shape key of a stored log line.
struct LogShape {
    Key execution_key = 0;
    Guid log_id;
    std::int64_t shape_key = 0;
};

/// Marks an execution that is gone from the API as lost, or one that has been open for too long as
/// abandoned.
struct ExecutionMark {
    Key execution_key = 0;
    Timestamp changed_at; ///< of the execution from now on
    std::optional<Timestamp> lost_since;
    std::optional<Timestamp> abandoned_since;
};

/// The unit of writing: all of it is stored, or nothing. Rows with a key that is already stored
/// replace the stored row. The same key twice in one batch: the last one wins.
struct Batch {
    std::vector<OrganisationRow> organisations;
    std::vector<JobRow> jobs;
    std::vector<DataSourceRow> data_sources;
    std::vector<TransferTaskRow> transfer_tasks;
    std::vector<ExecutionRow> new_executions;     ///< not stored yet: written in bulk
    std::vector<ExecutionRow> changed_executions; ///< merged with the stored ones
    std::vector<ExecutionReadingRow> readings;    ///< of new, changed or stored executions
    std::vector<ExecutionMark> marks;
    std::vector<Reattribution> reattributed;
    std::vector<LogShape> log_shapes;
    std::vector<Key> removed_transfer_tasks; ///< without runs
    std::vector<Key> removed_data_sources;   ///< without transfer tasks
    std::vector<SyncRunRow> sync_runs;
    std::vector<SyncJobRow> sync_jobs;
    std::vector<RejectedRecordRow>
        rejected; ///< when its job and content are stored already, only `resolved_at` is written
    std::vector<Key> resolved_rejections; ///< `rejected_record_key`s
    Timestamp resolved_at;                ///< their `resolved_at`
    std::vector<HistoryGapRow> gaps;      ///< stored ones do not change
    std::vector<WatermarkRow> watermarks;
    std::vector<QueuedRunRow> queued_runs;
    std::vector<AlertRow> alerts;
    std::vector<MessageShapeRow> shapes;
    std::vector<MessageShapeJobRow> shape_jobs;
    std::vector<CalendarDayRow> calendar; ///< replaces all stored days; empty: they stay

    std::vector<GivenStartRow> given_starts;
    std::optional<Key>
        starts_given_anew; ///< organisation whose stored given starts are deleted first

    std::vector<PruneMarkRow> prune_marks;
    std::vector<JobDayRow> job_days; ///< replaces stored ones
    std::vector<TaskDayRow> task_days;
    std::vector<SourceDayRow> source_days;

    /// Added to the stored counts of their shape and job; a count without lines is deleted. They
    /// belong to executions of this batch, which show whether the batch was stored before.
    std::vector<ShapeLines> shape_lines;

    [[nodiscard]] bool empty() const;
};

} // namespace tidemark
